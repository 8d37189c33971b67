import type { Ask } from '@/lib/brain/companion/ask';
import { phrase } from '@/lib/brain/companion/phrase';

/** Words between people, and what only a language model could do. */
export function talkRule(plain: string): Ask | null {
  for (const [kind, pattern] of rules) if (pattern.test(plain)) return { kind };
  return null;
}

type Talk = 'greeting' | 'thanks' | 'farewell' | 'identity' | 'abilities' | 'sight' | 'beyond';

const rules = (
  [
    [
      'greeting',
      '(vis|hi|hello|hey|hiya|howdy|greetings|good (morning|afternoon|evening|day))(,? (there|vis|you))?([,!. ]+how are you)?|how are you( doing)?( today)?',
    ],
    [
      'thanks',
      '(thanks|thank you|thx|ty|cheers)(,? (a lot|so much|very much|vis|for .+))*|(great|perfect|nice|cool|that helps?|got it|ok|okay)(,? (thanks|thank you))?',
    ],
    ['farewell', '(bye|good ?bye|see (you|ya)|good night|farewell)( .{0,12})?'],
    [
      'identity',
      'who are you|what are you|what is your name|introduce yourself|are you (an? )?(ai|robot|bot|human|real|person|real person|machine|computer|chat.*|gpt.*|llm|(large )?language model|model)( or .*)?|(which|what) .*model are you|who (made|built|created) you|.*\\byour (system )?(prompt|instructions|rules)|do you (have feelings|think|understand .*)',
    ],
    [
      'abilities',
      'help( me)?|what( else)? (can|could|do) (you|i) (do|ask|say|help).*|how (can you help|do you work|does this work|do i use (this|you)).*|what are you (able to|capable of|good at|for).*|what (questions|things) can i ask.*',
    ],
    [
      'sight',
      'what (do|can) you (know|see|read|collect|store|remember|send)( .*)?|(can|do) you (see|read|hear|store|save|send|collect|track|remember) .*\\b(me|my|it|data|this|page|everything|history|passwords?)\\b.*|are you (spying|watching|listening|recording|tracking).*',
    ],
    [
      'beyond',
      '(translate|write|compose|rewrite|rephrase|paraphrase|imagine|invent|calculate|solve|sing|draw|generate|click|buy|log ?in|sign (in|up)|fill (in|out)|tell me a (joke|story))( .*)?|(open|download|send|order|book) (the|this|it|me|a)\\b.*|what do you think.*|what is your (opinion|view).*|do you (agree|like|believe).*|.* in your opinion',
    ],
  ] satisfies readonly (readonly [Talk, string])[]
).map(([kind, pattern]) => [kind, phrase(pattern)] as const);
