import { describe, expect, it } from 'vitest';
import { ask, talk } from './asking';
import { api } from './pages/api';
import { hostile } from './pages/hostile';
import { news } from './pages/news';
import { folded, marking, pageOf } from './pages/pages';
import { panda } from './pages/panda';
import { recipe } from './pages/recipe';
import { reef } from './pages/reef';
import { water } from './pages/water';
import type { PageContext } from '@/lib/page/page';
import { t } from '@/lib/words';

const pages: Readonly<Record<string, PageContext>> = {
  reef,
  recipe,
  news,
  api,
  panda,
  water,
  hostile,
};

function pageNamed(name: string): PageContext {
  const page = pages[name];
  if (!page) throw new Error(name);
  return page;
}

describe('a question the page answers', () => {
  it.each([
    [
      'reef',
      'what is this page about?',
      'Kestrel Reef, a shallow bank of coral 14 km off the coast of northern Palawan, has survived three marine heatwaves that killed most of its neighbours.',
    ],
    [
      'reef',
      'tl;dr in one sentence',
      'Kestrel Reef, a shallow bank of coral 14 km off the coast of northern Palawan, has survived three marine heatwaves that killed most of its neighbours.',
    ],
    [
      'reef',
      'Summarise the part about bleaching',
      'Bleaching is what happens when stressed corals expel the algae that live in their tissue.',
    ],
    ['reef', 'outline', 'A reef in the wrong place'],
    [
      'reef',
      'who led the study?',
      'Now a study led by Dr. Amara J. Okonkwo of the University of San Telmo explains how: cold water from a deep canyon washes over it twice a day.',
    ],
    [
      'reef',
      'Who is Okonkwo?',
      'Now a study led by Dr. Amara J. Okonkwo of the University of San Telmo explains how: cold water from a deep canyon washes over it twice a day.',
    ],
    [
      'reef',
      'who is benedict ruiz',
      'Critics such as the economist Benedict Ruiz say that money would be better spent on mangroves.',
    ],
    [
      'reef',
      'When was the reef first charted?',
      'It was first charted in 1868 by the survey ship HMS Plover, whose captain thought it a hazard and little else.',
    ],
    [
      'reef',
      'wehn was it published',
      'The findings, published on 3 March 2024 in the Journal of Tropical Ecology, could change how governments choose which reefs to protect.',
    ],
    [
      'reef',
      'how many species of fish live there?',
      'The reef covers about 2,300 hectares and is home to 412 species of fish.',
    ],
    [
      'reef',
      'Could you please tell me how big the reef is?',
      'The reef covers about 2,300 hectares and is home to 412 species of fish.',
    ],
    [
      'reef',
      'how much did the project cost?',
      'The project cost $1.8 million, paid by the Larsen Foundation.',
    ],
    [
      'reef',
      'who paid for the project',
      'The project cost $1.8 million, paid by the Larsen Foundation.',
    ],
    [
      'reef',
      'how long does each pulse last?',
      'Each pulse lasts about 40 minutes and lowers the temperature by as much as 4 °C.',
    ],
    [
      'reef',
      'where is Kestrel Reef?',
      'Kestrel Reef, a shallow bank of coral 14 km off the coast of northern Palawan, has survived three marine heatwaves that killed most of its neighbours.',
    ],
    [
      'reef',
      'why does cold water reach the reef?',
      'Because the tide pushes against the canyon wall, cold water climbs 180 metres and spills over the reef.',
    ],
    [
      'reef',
      'what is bleaching',
      'Bleaching is what happens when stressed corals expel the algae that live in their tissue.',
    ],
    [
      'reef',
      'whta are zooxanthelae',
      'The algae, called zooxanthellae, give corals their colour and up to 90% of their energy.',
    ],
    [
      'reef',
      'what does internal tide mean?',
      'Because the tide pushes against the canyon wall, cold water climbs 180 metres and spills over the reef.',
    ],
    [
      'reef',
      "what's the difference between hard corals and soft corals?",
      'Hard corals grow slowly, about one centimetre a year, whereas soft corals can grow ten times as fast but build no reef.',
    ],
    [
      'reef',
      'how fast do hard corals grow',
      'Hard corals grow slowly, about one centimetre a year, whereas soft corals can grow ten times as fast but build no reef.',
    ],
    [
      'reef',
      'does it mention mangroves?',
      'Critics such as the economist Benedict Ruiz say that money would be better spent on mangroves.',
    ],
    [
      'reef',
      'where does it say that corals starve',
      'A bleached coral is not dead, but it starves within weeks unless the water cools.',
    ],
    [
      'reef',
      'find “rubble by 2016”',
      '"By every model we had, Kestrel should have been rubble by 2016," said Okonkwo.',
    ],
    [
      'reef',
      'how hot did the water get',
      'Water temperatures around it reached 32.4 °C in the summer of 2016, about 2 °C more than corals tolerate.',
    ],
    ['reef', 'what percentage of corals bleached on Kestrel Reef', 'On Kestrel Reef, only 9% did.'],
    [
      'reef',
      'what will the government do',
      'The Philippine government plans to close the reef to trawlers in 2025.',
    ],
    [
      'reef',
      'read me the part about the canyon',
      'Because the tide pushes against the canyon wall, cold water climbs 180 metres and spills over the reef.',
    ],
    ['recipe', 'how much salt do I need?', '10 g fine sea salt'],
    [
      'recipe',
      'how hot should the oven be?',
      'Bake at 220 °C for 20 minutes, then at 190 °C for 40 minutes.',
    ],
    [
      'recipe',
      'can I freeze it?',
      'Keeps for five days in a linen bag, and it freezes well for up to three months.',
    ],
    [
      'recipe',
      'why should I let it cool',
      'Let it cool completely before cutting, because the crumb is gummy while warm.',
    ],
    ['recipe', 'why not skip the salt', 'Do not skip the salt.'],
    [
      'recipe',
      'what if I have no starter',
      'If you have no starter, use 5 g of dried yeast and a spoonful of yoghurt.',
    ],
    ['recipe', 'what are the ingredients?', '400 g wholemeal rye flour'],
    ['recipe', 'what is the first step', 'Mix the flours, salt and caraway in a large bowl.'],
    [
      'recipe',
      'how long should it rise',
      'Scrape the dough into a buttered tin and let it rise for another 90 minutes.',
    ],
    ['recipe', 'how many people does it serve', 'Serves 8.'],
    [
      'news',
      'who is Ingrid Solheim',
      '"Steel is patient, software is not," said chief executive Ingrid Solheim.',
    ],
    [
      'news',
      'who is the CEO of Halden',
      '"Steel is patient, software is not," said chief executive Ingrid Solheim.',
    ],
    [
      'news',
      'how much did Halden pay',
      "OSLO, 12 Sept. 2025 – Halden Rail, Norway's second-largest train maker, said on Friday that it has agreed to buy Brightline Signals Ltd. for €340 million in cash.",
    ],
    [
      'news',
      'when was Brightline founded?',
      'Brightline, founded in 1997 by the brothers Piet and Joost van Aalst in Utrecht, makes signalling software for metros in 19 cities.',
    ],
    [
      'news',
      'how many people work at Brightline',
      'It employs 860 people, most of them in the Netherlands.',
    ],
    [
      'news',
      'where is halden based',
      'Halden Rail was established in 1911 and is based in Halden, near the Swedish border.',
    ],
    ['news', 'will jobs be cut', 'No jobs will be cut before 2028, the companies said.'],
    [
      'news',
      'why does Halden want software',
      'Halden wants software of its own because railways are replacing lineside signals with radio.',
    ],
    [
      'news',
      'when will the deal close',
      'The deal is expected to close in the first quarter of 2026, subject to approval by the European Commission.',
    ],
    ['news', 'how much did shares rise', 'Shares in Halden rose 6.2% in Oslo.'],
    [
      'news',
      'what does the union fear',
      'The FNV union asked for talks, since members fear that development could move to India.',
    ],
    [
      'api',
      'what is the base url',
      'The base URL is https://api.parcelpost.example/v2 and every request must use HTTPS.',
    ],
    [
      'api',
      'how do I authenticate',
      'Send your secret key as a bearer token in the Authorization header.',
    ],
    ['api', 'what is the rate limit?', 'Each key may make 120 requests per minute.'],
    ['api', 'what does status 402 mean', 'Status 402 means that your account has no credit left.'],
    [
      'api',
      'what happens when I exceed the limit',
      'When you exceed the limit, the API answers with status 429 and a Retry-After header that tells how many seconds to wait.',
    ],
    [
      'api',
      'what does createShipment return?',
      'createShipment(options) registers a parcel and returns a Shipment object.',
    ],
    [
      'api',
      'how much does cancelling cost',
      'Cancelling is free within 24 hours; after that a fee of $2.50 applies.',
    ],
    [
      'api',
      'what does HMAC stand for',
      'Verify the X-Parcelpost-Signature header, e.g. with HMAC (hash-based message authentication code), before you trust the body.',
    ],
    [
      'api',
      'what is the default of max_weight_grams',
      'The field max_weight_grams defaults to 30000.',
    ],
    [
      'api',
      'difference between cancelShipment and deleteDraft',
      'Unlike deleteDraft(), it keeps the record.',
    ],
    ['panda', '大熊猫吃什么？', '大熊猫99%的食物是竹子，成年大熊猫每天要吃12至38公斤竹子。'],
    ['panda', '大熊猫住在哪里？', '大熊猫是中国特有的哺乳动物，主要生活在四川、陕西和甘肃的山区。'],
    ['panda', '野生大熊猫有多少只？', '截至2021年，野生大熊猫的数量为1864只。'],
    ['panda', '什么时候建立了第一批保护区', '1963年，中国建立了第一批大熊猫保护区。'],
    ['panda', '谁向西方介绍了大熊猫', '法国传教士阿尔芒·戴维于1869年首次向西方介绍了大熊猫。'],
    ['panda', '总结一下', '大熊猫是中国特有的哺乳动物，主要生活在四川、陕西和甘肃的山区。'],
    [
      'water',
      'ما هي الأفلاج؟',
      'الأفلاج هي قنوات مائية قديمة تنقل المياه الجوفية إلى القرى والمزارع في سلطنة عُمان.',
    ],
    [
      'water',
      'متى أدرجت اليونسكو الأفلاج؟',
      'أدرجت منظمة اليونسكو خمسة أفلاج في قائمة التراث العالمي عام 2006.',
    ],
    ['water', 'لماذا انخفض منسوب المياه؟', 'انخفض منسوب المياه بسبب الجفاف وحفر الآبار الحديثة.'],
    [
      'hostile',
      'how much does it cost',
      'The Aurora kettle boils one litre in 140 seconds and costs $59.',
    ],
  ])('%s: %s', async (name, question, sentence) => {
    const page = pageNamed(name);
    const { quotes, text } = await ask(question, page);
    expect(quotes[0]?.text).toBe(sentence);
    expect(folded(page)).toContain(sentence);
    expect(text).not.toContain(t('brain.near'));
  });
});

describe('a question the page does not answer', () => {
  const near = [t('brain.near')];
  const silent = [t('brain.silent.a'), t('brain.silent.b')];
  it.each([
    ['reef', 'who is the president of France?', silent],
    ['reef', 'what is the capital of Spain', silent],
    ['reef', 'what is the price of bread', silent],
    ['reef', 'how do I bake a cake', silent],
    ['reef', 'when was Okonkwo born?', near],
    ['reef', 'why did the reef survive?', [t('brain.missing.reason')]],
    ['reef', 'does it mention sharks?', [t('brain.find.not', ['sharks'])]],
    ['reef', 'what is photosynthesis, define photosynthesis', silent],
    ['reef', 'define photosynthesis', [t('brain.define.unknown', ['photosynthesis'])]],
    ['recipe', 'is it vegan?', silent],
    ['recipe', 'how many calories does it have', silent],
    ['news', 'who is the CEO of Siemens', near],
    ['api', 'does it support OAuth?', silent],
    ['api', 'what is status 500', near],
    ['water', 'ما عاصمة فرنسا', silent],
    ['hostile', 'should I buy it?', silent],
    ['reef', 'translate this page', [t('brain.beyond')]],
    ['reef', 'write me a poem', [t('brain.beyond')]],
  ])('%s: %s', async (name, question, sentences) => {
    const { text, quotes } = await ask(question, pageNamed(name));
    expect(sentences.some((sentence) => text.startsWith(sentence))).toBe(true);
    if (sentences !== near && sentences[0] !== t('brain.missing.reason'))
      expect(quotes).toEqual([]);
  });
});

describe('what it can see', () => {
  it.each([
    ['no page', null, 'what is this page?', t('brain.blind.nothing')],
    ['no page', null, 'when was it built?', t('brain.blind.nothing')],
    [
      'the address alone',
      { ...reef, text: null },
      'summarise',
      t('brain.blind.addressTitle', [reef.title, 'tidewater.example']),
    ],
    [
      'the address alone',
      { ...reef, text: null },
      'what is the title?',
      t('brain.title', [reef.title]),
    ],
    [
      'the address alone',
      { ...reef, text: null, title: '' },
      'who wrote it?',
      t('brain.blind.address'),
    ],
    [
      'a page without text',
      { ...reef, text: { sections: [], length: 0, omitted: 0 } },
      'outline',
      t('brain.blind.empty'),
    ],
    ['no selection', reef, 'explain the selected words', t('brain.blind.noSelection')],
    ['no selection', reef, 'what does this mean?', t('brain.blind.noSelection')],
    ['no page', null, 'what do you see?', t('brain.sight.nothing')],
    [
      'the selection',
      marking(reef, 'internal tide', 'selection'),
      'what can you see',
      t('brain.sight.selection'),
    ],
    [
      'the selection',
      marking(reef, 'internal tide', 'selection'),
      'how many fish are there?',
      t('brain.silent.selection'),
    ],
  ])('with %s it says so: %#', async (_, context, question, sentence) => {
    const { text, quotes } = await ask(question, context);
    expect(text).toContain(sentence);
    expect(quotes).toEqual([]);
  });

  it('says so when it could read only part of a very long page', async () => {
    const long = { ...reef, text: { ...(reef.text ?? { sections: [], length: 0 }), omitted: 5 } };
    expect((await ask('summarise', long)).text).toContain(t('brain.omitted'));
    expect((await ask('summarise', reef)).text).not.toContain(t('brain.omitted'));
  });
});

describe('with words selected', () => {
  const tide =
    'Because the tide pushes against the canyon wall, cold water climbs 180 metres and spills over the reef. Oceanographers call this an internal tide.';

  it.each(['explain this', 'what does this mean?', 'what is this', 'explain the selected words'])(
    '“%s” is answered by what the page says of them',
    async (question) => {
      const { quotes } = await ask(question, marking(reef, 'zooxanthellae', 'page'));
      expect(quotes.map((quote) => quote.text)).toEqual([
        'The algae, called zooxanthellae, give corals their colour and up to 90% of their energy.',
      ]);
    },
  );

  it('finds what else the page says about a whole passage, not the passage itself', async () => {
    const { quotes } = await ask('explain this', marking(reef, tide, 'page'));
    expect(quotes[0]?.text).toContain('cold water from a deep canyon washes over it twice a day');
  });

  it('shows the sentence around them when it sees nothing else', async () => {
    const { quotes, text } = await ask('explain this', marking(reef, 'internal tide', 'selection'));
    expect(quotes.map((quote) => quote.text)).toEqual([
      'Oceanographers call this an internal tide.',
    ]);
    expect(text).toContain(t('brain.explain.onlyThese'));
  });

  it.each(['read it aloud', 'read this', 'read the selection out loud', 'Read it to me, please.'])(
    '“%s” gives the words themselves and nothing else',
    async (question) => {
      expect((await ask(question, marking(reef, tide, 'selection'))).text).toBe(tide);
    },
  );

  it('sums them up', async () => {
    const passage = folded(recipe).slice(folded(recipe).indexOf('Mix the flours'));
    const { quotes, text } = await ask('summarise the selection', marking(recipe, passage, 'page'));
    expect(text).toContain(t('brain.summary.marked'));
    expect(quotes).toHaveLength(2);
    for (const quote of quotes) expect(passage).toContain(quote.text);
  });

  it('still answers about the page when the question is about the page', async () => {
    const { quotes } = await ask('how many species of fish?', marking(reef, tide, 'page'));
    expect(quotes[0]?.text).toContain('412 species');
  });
});

describe('a conversation', () => {
  it('says once that it is no language model', async () => {
    const first = await talk(['what is bleaching?'], reef);
    const second = await talk(['what is bleaching?', 'how many species of fish?'], reef);
    expect(first.text).toContain(t('brain.notModel'));
    expect(second.text).not.toContain(t('brain.notModel'));
  });

  it.each(['are you an AI?', 'who are you', 'what can you do?', 'are you ChatGPT', 'help'])(
    'says so to whoever asks: %s',
    async (question) => {
      expect((await talk(['summarise', question], reef)).text).toContain(t('brain.notModel'));
    },
  );

  it.each(['more', 'tell me more', 'what else?', 'go on'])(
    'goes on at “%s” without repeating itself',
    async (more) => {
      const first = await talk(['what is bleaching?'], reef);
      const second = await talk(['what is bleaching?', more], reef);
      const said = new Set(first.quotes.map((quote) => quote.text));
      expect(second.quotes.length).toBeGreaterThan(0);
      for (const quote of second.quotes) expect(said.has(quote.text)).toBe(false);
    },
  );

  it('comes to an end of more', async () => {
    const { text } = await talk(['what is bleaching?', ...Array<string>(8).fill('more')], reef);
    expect(text).toContain(t('brain.more.none'));
  });

  it('has nothing to go on from before the first question', async () => {
    expect((await talk(['more'], reef)).text).toContain(t('brain.more.nothing'));
  });

  it.each([
    [
      ['how many species of fish are there?', 'and thermometers?'],
      reef,
      'The team placed 26 thermometers on the sea floor and read them every ten minutes for six years.',
    ],
    [['how much salt do I need?', 'and water?'], recipe, '420 ml lukewarm water'],
    [
      ['what is the first step?', 'and the second one?'],
      recipe,
      'Stir the starter and the treacle into the water, then pour it over the flour.',
    ],
    [
      ['outline', 'and the second one?'],
      reef,
      'Bleaching is what happens when stressed corals expel the algae that live in their tissue.',
    ],
    [
      ['what is a webhook?', 'what about createShipment?'],
      api,
      'createShipment(options) registers a parcel and returns a Shipment object.',
    ],
    [
      ['does it say the software is wanted?', 'why?'],
      news,
      'Halden wants software of its own because railways are replacing lineside signals with radio.',
    ],
    [
      ['who is Okonkwo?', 'what did she say about rubble?'],
      reef,
      '"By every model we had, Kestrel should have been rubble by 2016," said Okonkwo.',
    ],
  ])('hears what hangs on before: %j', async (questions, page, sentence) => {
    expect((await talk(questions, page)).quotes[0]?.text).toBe(sentence);
  });

  it('answers the same question in the same words', async () => {
    expect(await ask('who led the study?', reef)).toEqual(await ask('who led the study?', reef));
  });

  it.each([
    ['hello', t('brain.greeting')],
    ['Hey Vis!', t('brain.greeting')],
    ['thank you so much', 'a'],
    ['bye', t('brain.farewell')],
  ])('is polite: %s', async (question, sentence) => {
    const { text, quotes } = await ask(question, reef);
    const thanks = [t('brain.thanks.a'), t('brain.thanks.b')];
    expect(sentence === 'a' ? thanks.includes(text) : text.startsWith(sentence)).toBe(true);
    expect(quotes).toEqual([]);
  });
});

describe('looking for something', () => {
  it('says how often it stands there, and shows the first place', async () => {
    const { text, quotes } = await ask('does it mention okonkwo?', reef);
    expect(text).toContain(t('brain.find.times', 3));
    expect(quotes[0]?.text).toContain('a study led by Dr. Amara J. Okonkwo');
  });

  it('knows a term that is explained as “to do it means”', async () => {
    const text =
      'We may copy it. To "propagate" a work means to do anything with it. Do not propagate it.';
    const page = pageOf('https://law.example/', 'Terms', 'en', [[0, null, [text]]]);
    const { quotes } = await ask('define propagate', page);
    expect(quotes[0]?.text).toBe('To "propagate" a work means to do anything with it.');
  });

  it('does not take a page for a page about logging in when that is what was asked', async () => {
    const page = pageOf('https://bank.example/help', 'Help', 'en', [
      [2, 'Your account', ['To log in, open the app and enter your code. Keep the code secret.']],
    ]);
    const { quotes } = await ask('how do I log in?', page);
    expect(quotes[0]?.text).toBe('To log in, open the app and enter your code.');
  });
});

describe('the page as a whole', () => {
  it('lists its parts', async () => {
    const { text } = await ask('how is this page structured?', reef);
    expect(text).toContain(t('brain.outline.whole', 4));
    expect(text).toContain('“What bleaching is”, “The canyon”');
  });

  it('names twelve parts of many and counts the rest', async () => {
    const sections = Array.from({ length: 20 }, (_, i) => ({
      heading: `Chapter ${i + 1}`,
      level: 2,
      text: `The story of day ${i + 1} is told here.`,
    }));
    const { text, quotes } = await ask('table of contents', {
      ...reef,
      text: { sections, length: 900, omitted: 0 },
    });
    expect(quotes).toHaveLength(12);
    expect(text).toContain(t('brain.outline.more', 8));
  });

  it('tells how long it takes to read', async () => {
    const words = (await ask('how many words?', reef)).text;
    expect(words).toContain(t('brain.wordCount', 393, ['393', '393', '26']));
    expect((await ask('how long does it take to read this?', reef)).text).toContain('2 minutes');
  });

  it.each([
    ['summarise', 3],
    ['in short please', 3],
    ['sum it up in two sentences', 2],
    ['top 5 takeaways', 5],
    ['summarise in 40 sentences', 5],
    ['key points', 3],
    ['sumarize this page', 3],
  ])('sums it up at “%s” in %i sentences, in the order of the page', async (question, count) => {
    const { quotes } = await ask(question, reef);
    const places = quotes.map((quote) => folded(reef).indexOf(quote.text));
    expect(quotes).toHaveLength(count);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places.every((place) => place >= 0)).toBe(true);
  });
});

describe('a page that talks to whatever reads it', () => {
  it.each(['summarise', 'what is this page?', 'key points', 'is it any good?', 'what should I do'])(
    'is not obeyed nor quoted as an answer: %s',
    async (question) => {
      const { text } = await ask(question, hostile);
      expect(text).not.toMatch(/ignore all|DealBot|^BANANA|login\.deals|<img|javascript:/u);
    },
  );

  it('is quoted when the reader looks for just that', async () => {
    const { quotes } = await ask('does it mention a password?', hostile);
    expect(quotes[0]?.text).toContain('enter their password');
  });

  it('cannot turn the line around or hide letters in it', async () => {
    const { text } = await ask('how long is the warranty?', hostile);
    expect(text).toContain('“The warranty lasts two years.”');
    expect((await ask('what leaks?', hostile)).text).not.toMatch(/[\u202A-\u202E]/u);
  });
});
