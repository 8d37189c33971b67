import type { Avatar } from '@/lib/avatar/avatar';
import type { Choice } from '@/lib/avatar/choice';
import type { Keeping } from '@/lib/avatar/keeping';
import { computed, effect, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Emotion, Gaze, Pose } from '@/lib/face/cue';
import type { AppError } from '@/lib/errors';
import type { Quote } from '@/lib/page/page';
import type { PageWatch } from '@/lib/page/sight';
import { createArriving } from '@/lib/panel/arriving';
import { createAsking } from '@/lib/panel/asking';
import { createCare, type Care } from '@/lib/panel/care';
import { createCompany } from '@/lib/panel/company';
import { createGlancing } from '@/lib/panel/glancing';
import { createHearing, type Hearing } from '@/lib/panel/hearing';
import type { Ears, Listening } from '@/lib/panel/listening';
import type { Invitation } from '@/lib/panel/invitation';
import { gazeFor, poseFor } from '@/lib/panel/manner';
import { keepForFirstFrame } from '@/lib/panel/keepsake';
import { createMoment } from '@/lib/panel/moment';
import { browser } from '@/lib/browser';
import { createNotices, type Notice } from '@/lib/panel/notice';
import { createPointing } from '@/lib/panel/pointing';
import { createRoom } from '@/lib/panel/room';
import { createSharing } from '@/lib/panel/sharing';
import { createSounding, type Outputs } from '@/lib/panel/sounding';
import { createStandings, type Standings } from '@/lib/panel/standing';
import type { BrokerService } from '@/lib/panel/service';
import { createVoicing } from '@/lib/panel/voicing';
import { createWaiting } from '@/lib/panel/waiting';
import { hintFor, placeholderFor, stateLine, suggestionsFor } from '@/lib/panel/lines';
import { createSurroundings } from '@/lib/panel/surroundings';
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
  /** Who can be talked to. */
  readonly choice: Choice;
  /** The service's side of their sessions. */
  readonly keeping?: Keeping;
  readonly service: BrokerService;
  /** What it hears with; without them there is no microphone. */
  readonly ears?: Ears;
  /** Where it can be heard. */
  readonly outputs?: Outputs;
}

/** All the panel shows and all it can do. Views read and call; they decide nothing. */
export interface Panel {
  readonly page: PageWatch;
  readonly session: Session;
  readonly talk: TalkModel;
  readonly hearing: Hearing;
  /** The microphone; null where the panel has none. */
  readonly listening: Listening | null;
  /** Who can be talked to, and who is. */
  readonly choice: Choice;
  readonly standings: Standings;
  /** What it costs, and that it does not cost when nobody is there. */
  readonly care: Care;
  /** A mood of the avatar's, as a word; null where it is not to be shown. */
  readonly mood: ReadonlySignal<Emotion | null>;
  /** Whether the reader wants to see who else there is. */
  readonly picking: Signal<boolean>;
  readonly pose: ReadonlySignal<Pose>;
  readonly gaze: ReadonlySignal<Gaze>;
  readonly muted: ReadonlySignal<boolean>;
  /** What is going on; what to do; what to type; what one could ask first. */
  readonly line: ReadonlySignal<string>;
  readonly hint: ReadonlySignal<string>;
  readonly placeholder: ReadonlySignal<string>;
  readonly suggestions: ReadonlySignal<readonly string[]>;
  readonly notice: ReadonlySignal<Notice | null>;
  /** The avatar needs a network, and there is surely none. */
  readonly offline: ReadonlySignal<boolean>;
  /** Grows with every invitation to type. */
  readonly focusAt: ReadonlySignal<number>;
  /** Brings back what was said. */
  recall(): Promise<void>;
  /**
   * Brings back what was said and wakes the avatar, unless it is awake in another window.
   *
   * @param byItself - nobody called the panel as far as it knows: the browser opened it again. An
   *   avatar that costs then waits to be called.
   */
  open(byItself?: boolean): Promise<void>;
  /** Wakes the avatar here, also when another window has it. */
  wake(): Promise<void>;
  invited(invitation: Invitation): Promise<void>;
  ask(question: string): Promise<void>;
  /** Somebody else, with what was said so far. In the click itself: the browser may have to be asked. */
  choose(avatar: Avatar): Promise<void>;
  standIn(): Promise<void>;
  /** The reader agrees to talk to whom they chose. */
  agree(): Promise<void>;
  /** The service will not go on with the session; null: its time is up. */
  over(why: AppError | null): void;
  /** Another of the avatar's cast. */
  cast(id: string): Promise<void>;
  /** The room there is for the avatar's own picture, CSS px. */
  room(width: number, height: number): void;
  /** Whether anybody can see the panel: its picture need not be large while nobody can. */
  seen(isSeen: boolean): void;
  /** The way to the avatar is given up. */
  cancel(): Promise<void>;
  /** These very words, such as the marked ones. */
  readAloud(text: string): Promise<void>;
  stop(): Promise<void>;
  /** Esc: silence, and where there was silence, the microphone is switched off. */
  escape(): void;
  mute(muted: boolean): Promise<void>;
  /** Shows a quoted sentence on its page. */
  point(message: Message, quote: Quote): Promise<void>;
  /** Changes what the site in front may share. */
  rule(change: Partial<settings.SiteRule>): Promise<void>;
  /** Shares nothing of the site in front any more, with the way back at hand. */
  stopSharing(): Promise<void>;
  typing(typing: boolean): void;
  /** What stands in the composer now. */
  write(draft: string): void;
  /** The reader's last question, to ask it again in other words. */
  lastQuestion(): string;
  fresh(): Promise<void>;
  /** Takes it out of the talk, with the way back at hand. */
  remove(message: Message): Promise<void>;
  /** Tells what went wrong in a view of its own. */
  readonly fail: (thrown: unknown) => void;
  dismiss(): void;
  dispose(): Promise<void>;
}

export function createPanel(options: PanelOptions): Panel {
  const { page, transcript, provide, stage, choice, service, keeping = null } = options;
  const muted = signal(false);
  const typing = signal(false);
  const focusAt = signal(0);
  /** Over when the conversation that was left is. */
  let turning: Promise<void> = Promise.resolve();

  const picking = signal(false);
  const mooded = signal(false);
  const abroad = computed(() => choice.current.value.provider !== 'local');

  const notices = createNotices((error, again) => (abroad.peek() ? mend(error, again) : null));
  const speaker = () => (abroad.peek() ? choice.current.peek().name : null);
  const talk = createTalk(transcript, notices.fail, speaker);
  const hearing = createHearing(talk, muted);
  const standings = createStandings();
  const surroundings = createSurroundings();
  // The face on this device needs none.
  const offline = computed(() => abroad.value && !surroundings.online.value);
  // On its way while the panel comes to life. One that is closed at once gets no more of its code,
  // and has nothing to go on with and nothing to write down.
  const beside = import('@/lib/panel/beside');
  const resuming = beside.then(
    ({ createResuming }) =>
      createResuming({
        conversation: () => talk.conversation.peek(),
        avatar: () => choice.current.peek(),
        remembered: () => arriving.recall(),
      }),
    () => null,
  );
  const remembered = createMoment();
  const awake = createMoment();
  const session = createSession({
    provide,
    stage,
    history: talk.turns,
    heard: (speech) => {
      hearing.hear(speech, asking.about());
      if (speech.type === 'failed') notices.fail(speech.error, asking.askAgain);
      if (speech.type === 'asked') void asking.ask(speech.text, speech.id);
      if (speech.type === 'pointed') void pointing.to(speech.text, asking.about());
      if (speech.type === 'speaking' && speech.who === 'reader') glancing.onset();
    },
    stood: standings.stood,
    recall: async () => {
      const kept = resuming.then((it) => it?.recall() ?? null);
      // Also where nothing was kept: what was said is handed over.
      return (await Promise.all([kept, arriving.recall()]))[0];
    },
    remember: (resume) => void resuming.then((it) => it?.remember(resume)),
    online: computed(() => !offline.value),
  });
  const waiting = createWaiting(session);
  const roomy = createRoom(session);
  const pointing = createPointing(page, notices);
  const sharing = createSharing(page, notices);
  const voicing = createVoicing({ session, hearing, notices, muted, abroad });
  const glancing = createGlancing({ page, session, abroad });
  const asking = createAsking({
    page,
    talk,
    session,
    notices,
    remembered: () => Promise.all([remembered.come, turning]),
    awake: awake.come,
    claim: () => waking.claim(),
    isHeld: () => choice.introduction.peek() !== null,
  });
  const waking = createWaking({
    choice,
    page,
    talk,
    session,
    asking,
    notices,
    settled: async () => keeping?.settled(),
  });
  const { state, activity } = session;
  const company = createCompany({ choice, keeping, session, waking, asking, notices });
  const language = browser.i18n.getUILanguage();
  const care = createCare({
    session,
    choice,
    keeping,
    surroundings,
    notices,
    abroad,
    muted,
    language,
  });
  const listening =
    options.ears?.({
      session,
      notices,
      wake: async () => {
        if (state.peek().status !== 'live') await waking.wake(true);
      },
      interrupt: () => panel.stop(),
    }) ?? null;
  const sounding = options.outputs ? createSounding(session, options.outputs) : null;
  const ear = computed(() => listening?.state.value ?? 'off');
  const present = computed(() => ({
    ear: ear.value,
    name: choice.current.value.name,
    abroad: abroad.value,
    seconds: waiting.seconds.value,
    slow: waiting.slow.value,
    strange: choice.introduction.value !== null,
    offline: offline.value,
    idleMinutes: care.idleMinutes.value,
  }));

  /** What fails with somebody else's avatar has a remedy of its own, loaded when something does. */
  async function mend(error: AppError, again?: () => void): Promise<Notice | null> {
    const isLive = state.peek().status === 'live';
    const { noticeFor } = await import('@/lib/panel/remedy');
    return noticeFor(error, {
      choice,
      service,
      isLive,
      isOffline: offline.peek(),
      again: again ?? null,
      pick: () => {
        picking.value = true;
      },
      standIn: () => void company.standIn(),
    });
  }

  const recording = beside.then(
    ({ recordTimeline }) => recordTimeline({ session, choice, standings, keeping }),
    () => () => undefined,
  );
  const arriving = createArriving({
    choice,
    keeping,
    talk,
    waking,
    session,
    remembered,
    awake,
    abroad,
    recording,
    set(voice, shown) {
      [muted.value, mooded.value] = [voice.muted, shown];
    },
  });
  const stops = [
    () => void recording.then((stop) => stop()),
    keepForFirstFrame(talk, transcript),
    voicing.dispose,
    pointing.dispose,
    settings.moodShown.watch((shown) => {
      mooded.value = shown;
    }),
    effect(() => {
      // What a line that is closed still says of its picture nobody hears.
      if (session.provider.value === null && state.value.status !== 'connecting') standings.clear();
    }),
    company.dispose,
    care.dispose,
    surroundings.dispose,
    effect(() => {
      // Who speaks is there.
      if (ear.value === 'hearing') care.stir();
    }),
    () => sounding?.dispose(),
    glancing.dispose,
    waiting.dispose,
    roomy.dispose,
    service.dispose,
  ];

  const panel: Panel = {
    page,
    session,
    talk,
    hearing,
    listening,
    choice,
    standings,
    care,
    mood: computed(() =>
      mooded.value && hearing.emotion.value !== 'neutral' ? hearing.emotion.value : null,
    ),
    picking,
    pose: computed(() => poseFor(state.value, activity.value, ear.value)),
    gaze: computed(() => gazeFor(activity.value, typing.value, pointing.active.value)),
    muted,
    line: computed(() => stateLine(state.value, activity.value, typing.value, present.value)),
    hint: computed(() => hintFor(state.value, page.sight.value, present.value)),
    placeholder: computed(() => placeholderFor(page.sight.value, page.marked.value !== null)),
    suggestions: computed(() => suggestionsFor(page.sight.value)),
    notice: notices.current,
    offline,
    focusAt,
    recall: arriving.recall,
    open: arriving.open,
    wake: () => waking.wake(true),
    async invited({ about, tabId, selection }) {
      arriving.call();
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
    choose: company.choose,
    standIn: company.standIn,
    agree: company.agree,
    over(why) {
      void (why ? session.fail(why) : session.end('limit'));
    },
    cast: (id) => session.cast(id).catch(notices.fail),
    room: roomy.room,
    seen: roomy.seen,
    async cancel() {
      await session.end('user');
    },
    async readAloud(text) {
      try {
        await waking.claim();
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
    escape() {
      if (activity.peek() === 'quiet') listening?.stop();
      void panel.stop();
    },
    mute: voicing.mute,
    point: (message, quote) => pointing.to(quote.text, message.page),
    rule: sharing.rule,
    stopSharing: sharing.stop,
    typing(value) {
      typing.value = value;
      care.stir();
    },
    write(draft) {
      talk.write(draft);
      if (draft !== '') void page.prepare();
    },
    lastQuestion: asking.lastQuestion,
    async fresh() {
      // Whoever types on at once means the new one.
      turning = remembered.come.then(panel.stop).then(talk.fresh);
      await turning;
      if (state.peek().status === 'live') await waking.greet().catch(notices.fail);
    },
    async remove(message) {
      await talk.remove(message.id);
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
      // First, since a closing page gets no further than its first wait.
      listening?.dispose();
      keeping?.abandon();
      for (const stop of stops) stop();
      await session.end('user');
      waking.dispose();
      talk.dispose();
      page.dispose();
      await transcript.close();
    },
  };
  return panel;
}
