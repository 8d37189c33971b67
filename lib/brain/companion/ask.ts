/** What a question wants, as far as rules can tell. */
export type Ask =
  | { readonly kind: 'greeting' | 'thanks' | 'farewell' | 'identity' | 'abilities' | 'sight' }
  /** Something only a language model, or nobody, could do. */
  | { readonly kind: 'beyond' }
  | { readonly kind: 'about' | 'outline' | 'readingTime' | 'wordCount' | 'title' }
  /** `of` null: the whole page. `most`: sentences asked for. */
  | { readonly kind: 'summary'; readonly of: string | null; readonly most: number }
  /** The nth part, step, paragraph, from 1; -1 is the last. */
  | { readonly kind: 'nth'; readonly nth: number; readonly of: string }
  /** `yesNo`: "does it mention"; else "where does it say". */
  | { readonly kind: 'find'; readonly what: string; readonly yesNo: boolean }
  /** `strict`: a definition was asked for by that name; "what is X" may want any fact. */
  | {
      readonly kind: 'define';
      readonly what: string;
      readonly person: boolean;
      readonly strict: boolean;
    }
  | { readonly kind: 'compare'; readonly left: string; readonly right: string }
  /** Words to be read out: a part of the page, or its beginning (`of` null). */
  | { readonly kind: 'read'; readonly of: string | null }
  /** About the marked words. */
  | { readonly kind: 'explainMarked' | 'summariseMarked' | 'readMarked' }
  | { readonly kind: 'fact'; readonly what: string; readonly wants: Wanted };

/** What kind of thing the answer must contain. */
export type Wanted =
  | 'person'
  | 'time'
  | 'number'
  | 'share'
  | 'money'
  | 'duration'
  | 'size'
  | 'weight'
  | 'heat'
  | 'frequency'
  | 'speed'
  | 'place'
  | 'reason'
  | 'manner'
  | 'thing';

/** What the reader said, and whether it hangs on what was said before. */
export type Utterance =
  | { readonly kind: 'ask'; readonly ask: Ask }
  /** "More", "go on". */
  | { readonly kind: 'more' }
  /** "Why?", "When?": the last question again, for something else. */
  | { readonly kind: 'again'; readonly wants: Wanted }
  /** "And the photos?": the last question again, about something else. */
  | { readonly kind: 'instead'; readonly what: string };
