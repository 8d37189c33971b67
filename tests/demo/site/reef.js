/* The later chapters: the address changes and the text is swapped, without a load, as many sites do. */
const chapters = {
  '/reef/night': {
    title: 'The Night Shift',
    text: [
      'At dusk the Wall changes hands. The parrotfish back into holes and spin themselves sleeping bags of slime, and by full dark the polyps have put out their arms.',
      'A basket star the size of a bicycle wheel climbs the same sea fan every evening and is gone by five in the morning. It has done so for at least eleven years.',
      'Divers here carry red lamps, since most of what lives on a reef cannot see red. Under a red lamp the night shift goes on working as if nobody were there.',
    ],
    next: { address: '/reef/names', words: 'Next chapter: The Names of Things' },
  },
  '/reef/names': {
    title: 'The Names of Things',
    text: [
      'The old pilots of Sainte-Aube had thirty words for the colours of shallow water, and steered by them.',
      'Nineteen of the thirty can still be matched to a depth. The rest are only beautiful.',
    ],
    next: { address: '/reef', words: 'Back to the first chapter' },
  },
};

const article = document.querySelector('article');
const first = article.innerHTML;

function show() {
  const chapter = chapters[location.pathname];
  document.title = chapter?.title ?? 'The Wall That Breathes';
  if (chapter === undefined) {
    article.innerHTML = first;
    return;
  }
  const heading = Object.assign(document.createElement('h1'), { textContent: chapter.title });
  const text = chapter.text.map((words) =>
    Object.assign(document.createElement('p'), { textContent: words }),
  );
  const nav = document.createElement('nav');
  const link = Object.assign(document.createElement('a'), {
    href: chapter.next.address,
    textContent: chapter.next.words,
  });
  link.dataset.chapter = '';
  nav.append(link);
  article.replaceChildren(heading, ...text, nav);
}

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-chapter]');
  if (link === null) return;
  event.preventDefault();
  history.pushState(null, '', link.href);
  show();
  scrollTo(0, 0);
});
addEventListener('popstate', show);
if (location.pathname in chapters) show();
