/** A card of every kind, and some that nobody should trip over, as a conversation sends them. */
export const cards: Readonly<Record<string, unknown>> = {
  'public-note': {
    component: 'markdown',
    data: { title: 'Tide pools', text: 'Pools the sea leaves behind.' },
  },
  'public-photo': {
    type: 'image',
    data: { url: 'https://pictures.example/pool.jpg', alt: 'A tide pool' },
  },
  // As Dialogflow CX sends them: JSON in a string.
  'public-choice': JSON.stringify({
    component: 'options',
    data: {
      options: [{ label: 'Tell me more' }, { label: 'Crabs', value: 'Which crabs live there?' }],
    },
  }),
  'public-source': {
    type: 'externalLink',
    data: {
      url: 'https://sea.example/pools',
      title: 'About pools',
      description: 'A field guide',
      imageUrl: 'https://sea.example/x.png',
    },
  },
  'public-trap': { type: 'link', data: { url: 'javascript:alert(1)', title: 'Click me' } },
  'public-film': {
    type: 'video',
    data: { videoId: 'x1', autoplay: true, caption: 'A film of it' },
  },
  // A string that is no JSON makes the client throw before any listener hears of the answer.
  'public-broken': 'just some words',
  'public-note.original': 'nobody shows this',
};

export const cardIds = ['note', 'photo', 'choice', 'source', 'trap', 'film', 'broken'];
