import type { Answering, Brain } from '@/lib/brain/brain';
import { stopIfAborted } from '@/lib/brain/book/pace';
import { terms } from '@/lib/brain/book/words';
import { createShelf } from '@/lib/brain/book/shelf';
import type { Ask } from '@/lib/brain/companion/ask';
import { compose, type Piece } from '@/lib/brain/companion/draft';
import { understandIn, type Understood } from '@/lib/brain/companion/follow';
import { compare, define, fact, find } from '@/lib/brain/companion/lookup';
import { explainMarked } from '@/lib/brain/companion/marked';
import { nthOf } from '@/lib/brain/companion/nth';
import { readingTime, wordCount } from '@/lib/brain/companion/measure';
import { readMarked, readOut } from '@/lib/brain/companion/recite';
import { look, type Scene } from '@/lib/brain/companion/scene';
import { smallTalk } from '@/lib/brain/companion/talk';
import {
  aboutPage,
  outline,
  summary,
  summaryOfMarked,
  titleOfPage,
} from '@/lib/brain/companion/whole';
import { t } from '@/lib/words';

/**
 * A mind without a model: it looks things up in the page and quotes the sentences it stands on.
 * The same question about the same page in the same conversation always gets the same answer.
 */
export function createCompanion(): Brain {
  const shelf = createShelf();
  const life = new AbortController();
  return {
    kind: 'companion',
    async answer(answering) {
      const signal = AbortSignal.any([answering.signal, life.signal]);
      stopIfAborted(signal);
      const scene = await look(answering.context, shelf, signal);
      const { ask, pieces } = await think(answering, scene);
      const { text, quotes } = compose([...pieces, notice(ask, answering)]);
      stopIfAborted(signal);
      answering.tell(text, quotes);
    },
    close: () => life.abort(),
  };
}

/** Turns that a question may hang on; nobody says "and the second one?" about longer ago. */
const remembered = 40;

async function think({ question, history }: Answering, scene: Scene) {
  const last = history.at(-1);
  const before = last?.who === 'reader' && last.text === question ? history.slice(0, -1) : history;
  const understood = understandIn(question, before.slice(-remembered), scene.marked !== null);
  const { ask } = understood;
  const pieces =
    ask === null ? [t('brain.more.nothing')] : await reply(ask, understood, question, scene);
  return { ask, pieces };
}

function reply(
  ask: Ask,
  { more, isSeen, about }: Understood,
  question: string,
  scene: Scene,
): Piece[] | Promise<Piece[]> {
  const lookup = { question, more, isSeen, topic: topicOf(scene, about) };
  switch (ask.kind) {
    case 'greeting':
    case 'thanks':
    case 'farewell':
    case 'identity':
    case 'abilities':
    case 'sight':
    case 'beyond':
      return smallTalk(ask.kind, scene, question);
    case 'about':
      return more ? summary(scene, null, 3, lookup) : aboutPage(scene);
    case 'title':
      return titleOfPage(scene);
    case 'outline':
      return outline(scene);
    case 'nth':
      return nthOf(scene, ask.nth, ask.of);
    case 'readingTime':
      return readingTime(scene);
    case 'wordCount':
      return wordCount(scene);
    case 'summary':
      return summary(scene, ask.of, ask.most, lookup);
    case 'find':
      return find(scene, ask.what, ask.yesNo, lookup);
    case 'define':
      return define(scene, ask, lookup);
    case 'compare':
      return compare(scene, ask.left, ask.right, lookup);
    case 'read':
      return readOut(scene, ask.of);
    case 'explainMarked':
      return explainMarked(scene);
    case 'summariseMarked':
      return summaryOfMarked(scene);
    case 'readMarked':
      return readMarked(scene);
    case 'fact':
      return fact(scene, ask.what, ask.wants, lookup);
  }
}

/** Words that need not be said again: the title's, and what "it" and "she" may stand for. */
function topicOf({ topic, book }: Scene, about: string): ReadonlySet<string> {
  return about === '' ? topic : new Set([...topic, ...terms(about, book?.language ?? null)]);
}

/** Said once a conversation, and to whoever asks. Not after the page's own words read out, nor small courtesies. */
function notice(ask: Ask | null, { history }: Answering): string {
  if (ask?.kind === 'identity' || ask?.kind === 'abilities') return t('brain.notModel');
  const quiet: readonly (Ask['kind'] | undefined)[] = [
    'greeting',
    'thanks',
    'farewell',
    'read',
    'readMarked',
    'beyond',
  ];
  if (quiet.includes(ask?.kind)) return '';
  const isTold = history.some(
    (turn) => turn.who === 'avatar' && turn.text.includes(t('brain.notModel')),
  );
  return isTold ? '' : t('brain.notModel');
}
