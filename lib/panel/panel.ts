import { computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import type { Gaze, Pose } from '@/lib/face/cue';
import { setRule } from '@/lib/page/access';
import { hostOf, originOf } from '@/lib/page/address';
import type { Quote } from '@/lib/page/page';
import type { PageWatch } from '@/lib/page/sight';
import { createAsking } from '@/lib/panel/asking';
import { createHearing, type Hearing } from '@/lib/panel/hearing';
import type { Invitation } from '@/lib/panel/invitation';
import { gazeFor, poseFor } from '@/lib/panel/manner';
import { keepForFirstFrame } from '@/lib/panel/keepsake';
import { createNotices, type Notice } from '@/lib/panel/notice';
import { hintFor, placeholderFor, stateLine, suggestionsFor } from '@/lib/panel/lines';
import { createTalk, type TalkModel } from '@/lib/panel/talk';
import { createWaking } from '@/lib/panel/waking';
import { createSession, type Session, type SessionOptions } from '@/lib/session/session';
import * as settings from '@/lib/settings';
import type { Message } from '@/lib/transcript/message';
import type { Transcript } from '@/lib/transcript/store';
import { t } from '@/lib/words';

export interface PanelOptions {
  readonly page: PageWatch;
  readonly transcript: Transcript;
  readonly provide: SessionOptions['provide'];
  readonly stage: SessionOptions['stage'];
}

/** All the panel shows and all it can do. Views read and call; they decide nothing. */
export interface Panel {
  readonly page: PageWatch;
  readonly session: Session;
  readonly talk: TalkModel;
  readonly hearing: Hearing;
  readonly pose: ReadonlySignal<Pose>;
  readonly gaze: ReadonlySignal<Gaze>;
  readonly muted: ReadonlySignal<boolean>;
  /** What is going on; what to do; what to type; what one could ask first. */
  readonly line: ReadonlySignal<string>;
  readonly hint: ReadonlySignal<string>;
  readonly placeholder: ReadonlySignal<string>;
  readonly suggestions: ReadonlySignal<readonly string[]>;
  readonly notice: ReadonlySignal<Notice | null>;
  /** Grows with every invitation to type. */
  readonly focusAt: ReadonlySignal<number>;
  /** Brings back what was said. */
  recall(): Promise<void>;
  /** Brings back what was said and wakes the avatar, unless it is awake in another window. */
  open(): Promise<void>;
  /** Wakes the avatar here, also when another window has it. */
  wake(): Promise<void>;
  invited(invitation: Invitation): Promise<void>;
  ask(question: string): Promise<void>;
  /** These very words, such as the marked ones. */
  readAloud(text: string): Promise<void>;
  stop(): Promise<void>;
  mute(muted: boolean): Promise<void>;
  /** Shows a quoted sentence on its page. */
  point(message: Message, quote: Quote): Promise<void>;
  /** Changes what the site in front may share. */
  rule(change: Partial<settings.SiteRule>): Promise<void>;
  /** Shares nothing of the site in front any more, with the way back at hand. */
  stopSharing(): Promise<void>;
  typing(typing: boolean): void;
  /** The reader's last question, to ask it again in other words. */
  lastQuestion(): string;
  fresh(): Promise<void>;
  /** Takes it out of the talk, with the way back at hand. */
  remove(message: Message): void;
  /** Tells what went wrong in a view of its own. */
  readonly fail: (thrown: unknown) => void;
  dismiss(): void;
  dispose(): Promise<void>;
}

/** How long the eyes rest on the page after pointing there, ms. */
const pointingFor = 2500;

export function createPanel({ page, transcript, provide, stage }: PanelOptions): Panel {
  const muted = signal(false);
  const typing = signal(false);
  const pointing = signal(false);
  const focusAt = signal(0);
  let pointed: ReturnType<typeof setTimeout> | undefined;
  let recalling: Promise<void> | null = null;

  const notices = createNotices();
  const talk = createTalk(transcript, notices.fail);
  const hearing = createHearing(talk, muted);
  const session = createSession({
    provide,
    stage,
    history: talk.turns,
    heard: (speech) => {
      hearing.hear(speech, asking.about());
      if (speech.type === 'failed') notices.fail(speech.error, asking.askAgain);
    },
  });
  const remembered = createMoment();
  const awake = createMoment();
  const asking = createAsking({
    page,
    talk,
    session,
    notices,
    remembered: remembered.come,
    awake: awake.come,
  });
  const waking = createWaking({ page, talk, session, asking, notices });
  const { state, activity } = session;

  async function tellVoiceless(): Promise<void> {
    if (await settings.voicelessTold.get()) return;
    if (!notices.current.peek()) notices.show({ text: t('voice.none'), calm: true, action: null });
    await settings.voicelessTold.set(true);
  }

  const stops = [
    keepForFirstFrame(talk, transcript),
    effect(() => {
      if (hearing.voice.value === 'none') tellVoiceless().catch(notices.fail);
    }),
    // Changed here, in another window or in the options: what is set holds at once.
    settings.voice.watch((stored, before) => {
      if (stored.muted !== muted.peek()) {
        muted.value = stored.muted;
        session.mute(stored.muted).catch(notices.fail);
      }
      if (isOther(stored, before)) session.renew().catch(notices.fail);
    }),
    settings.brain.watch(() => void session.renew().catch(notices.fail)),
  ];

  const panel: Panel = {
    page,
    session,
    talk,
    hearing,
    pose: computed(() => poseFor(state.value, activity.value)),
    gaze: computed(() => gazeFor(activity.value, typing.value, pointing.value)),
    muted,
    line: computed(() => stateLine(state.value, activity.value, typing.value)),
    hint: computed(() => hintFor(state.value, page.sight.value)),
    placeholder: computed(() => placeholderFor(page.sight.value, page.marked.value !== null)),
    suggestions: computed(() => suggestionsFor(page.sight.value)),
    notice: notices.current,
    focusAt,
    async recall() {
      await (recalling ??= talk.open());
    },
    async open() {
      muted.value = (await settings.voice.get()).muted;
      await panel.recall();
      remembered.now();
      await waking.wake(false);
      awake.now();
    },
    wake: () => waking.wake(true),
    async invited({ about, tabId, selection }) {
      await page.invited(tabId);
      if (selection !== null) page.offer(selection, tabId);
      if (about === 'page') await panel.ask(t('ask.page'));
      else focusAt.value += 1;
    },
    async ask(question) {
      // Still inside the reader's own gesture: the moment in which held-back sound may start.
      if (hearing.voice.peek() === 'blocked') session.mute(muted.peek()).catch(notices.fail);
      hearing.hush();
      await asking.ask(question);
    },
    async readAloud(text) {
      try {
        await session.interrupt();
        await session.start();
        await session.speak(text);
      } catch (error) {
        notices.fail(error);
      }
    },
    async stop() {
      hearing.hush();
      await session.interrupt().catch(notices.fail);
    },
    async mute(value) {
      muted.value = value;
      try {
        await session.mute(value);
        await settings.voice.set({ ...(await settings.voice.get()), muted: value });
      } catch (error) {
        notices.fail(error);
      }
    },
    async point(message, quote) {
      if (!message.page) return;
      pointing.value = true;
      clearTimeout(pointed);
      pointed = setTimeout(() => {
        pointing.value = false;
      }, pointingFor);
      try {
        const shown = await page.show(quote, message.page);
        if (shown !== 'shown') notices.show({ text: t(`quote.${shown}`), action: null });
      } catch (error) {
        notices.fail(error);
      }
    },
    async rule(change) {
      const sight = page.sight.peek();
      const origin = sight.kind === 'page' ? originOf(sight.url) : null;
      if (sight.kind !== 'page' || origin === null || sight.limit?.locked) return;
      await setRule(origin, { ...sight.rule, ...change }).catch(notices.fail);
    },
    async stopSharing() {
      const sight = page.sight.peek();
      if (sight.kind !== 'page') return;
      const { rule } = sight;
      await panel.rule({ rung: 'nothing' });
      notices.show({
        text: t('panel.stoppedSharing', [hostOf(sight.url)]),
        calm: true,
        action: {
          label: t('panel.undo'),
          run: () => {
            notices.dismiss();
            void panel.rule(rule);
          },
        },
      });
    },
    typing(value) {
      typing.value = value;
    },
    lastQuestion: asking.lastQuestion,
    async fresh() {
      await remembered.come;
      await panel.stop();
      await talk.fresh();
      if (state.peek().status === 'live') await waking.greet().catch(notices.fail);
    },
    remove(message) {
      talk.remove(message.id);
      notices.show({
        text: t('panel.removed'),
        calm: true,
        action: {
          label: t('panel.undo'),
          run: () => {
            notices.dismiss();
            talk.restore(message);
          },
        },
      });
    },
    fail: notices.fail,
    dismiss: notices.dismiss,
    async dispose() {
      for (const stop of stops) stop();
      clearTimeout(pointed);
      await session.end('user');
      waking.dispose();
      talk.dispose();
      page.dispose();
      await transcript.close();
    },
  };
  return panel;
}

/** Something that comes once and is waited for by some. */
function createMoment(): { readonly come: Promise<void>; readonly now: () => void } {
  let now: () => void = () => undefined;
  const come = new Promise<void>((resolve) => {
    now = resolve;
  });
  return { come, now };
}

/** Another voice, or the same in another manner. */
function isOther(one: settings.VoiceSettings, other: settings.VoiceSettings): boolean {
  return one.uri !== other.uri || one.rate !== other.rate || one.volume !== other.volume;
}
