import { useSignal, type ReadonlySignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Captions } from '@/components/panel/Captions';
import { Chip } from '@/components/panel/Chip';
import { Composer } from '@/components/panel/Composer';
import { Header } from '@/components/panel/Header';
import { Microphone } from '@/components/panel/Microphone';
import { Stage } from '@/components/panel/Stage';
import { Suggestions } from '@/components/panel/Suggestions';
import { Talk } from '@/components/panel/Talk';
import { later } from '@/components/later';
import { coming } from '@/lib/coming';
import { followEverywhere, followSite, unfollow } from '@/lib/page/access';
import { originOf } from '@/lib/page/address';
import type { Panel } from '@/lib/panel/panel';
import { holdSpace } from '@/entrypoints/sidepanel/space';
import type { CaptionSize, PortraitLook } from '@/lib/settings';
import { t } from '@/lib/words';

// On their way while the panel comes to life: the face, and what tells of a failure, since by then
// nothing may be left that could be loaded. Everything else waits until it is wanted.
const face = coming(import('@/components/Portrait'));
const telling = coming(import('@/components/panel/Notice'));
const seldom = () => import('@/components/panel/seldom');
const Portrait = later(async () => (await face).Portrait);
const CastSwitch = later(async () => (await seldom()).CastSwitch);
const Consent = later(async () => (await seldom()).Consent);
const Countdown = later(async () => (await seldom()).Countdown);
const Listening = later(async () => (await seldom()).Listening);
const Marked = later(async () => (await seldom()).Marked);
const Meeting = later(async () => (await seldom()).Meeting);
const Notice = later(async () => (await telling).Notice);
const Picker = later(async () => (await seldom()).Picker);
const Sheet = later(async () => (await seldom()).Sheet);

export interface AppProps {
  readonly panel: Panel;
  readonly look: ReadonlySignal<PortraitLook>;
  readonly captionSize?: ReadonlySignal<CaptionSize>;
  /** Where a vendor's video goes; it is shown over the portrait. */
  readonly stage: HTMLElement;
  /** The reader's language, in words of that language. */
  readonly language: string;
  /** Where the page lies, seen from the panel. */
  readonly pageSide: 'left' | 'right';
  readonly onSettings: () => void;
  readonly onDiagnostics: () => void;
  readonly onSave: () => void;
  /** The way back for an avatar that is in a window of its own; null while it is here. */
  readonly out: ReadonlySignal<(() => void) | null>;
  readonly onPopOut: () => void;
  readonly onConversations: () => void;
}

/** The panel: the face, what it says, which page it sees, the talk, and the line to type in. */
export function App(props: AppProps) {
  const { panel, look, captionSize, stage, language, pageSide } = props;
  const { onSettings, onSave, onConversations } = props;
  const { session, talk, page, choice, standings, listening, care } = panel;
  const small = useSignal(false);
  const sheet = useSignal(false);

  useEffect(() => {
    const stopOnEscape = (event: KeyboardEvent) => {
      care.stir();
      if (event.key === 'Escape' && !sheet.value && !panel.picking.value) panel.escape();
    };
    addEventListener('keydown', stopOnEscape);
    addEventListener('pointerdown', care.stir);
    return () => {
      removeEventListener('keydown', stopOnEscape);
      removeEventListener('pointerdown', care.stir);
    };
  }, []);
  useEffect(() => {
    if (!listening) return undefined;
    return holdSpace(() => {
      if (listening.mode.peek() === 'hold') listening.press();
    }, listening.release);
  }, []);

  useEffect(() => {
    const tell = () => panel.seen(!document.hidden);
    document.addEventListener('visibilitychange', tell);
    return () => document.removeEventListener('visibilitychange', tell);
  }, []);

  const { status } = session.state.value;
  const activity = session.activity.value;
  const abilities = session.abilities.value;
  const sight = page.sight.value;
  const marked = page.marked.value;
  const messages = talk.messages.value;
  const asked = messages.some(({ who }) => who === 'reader');
  const avatar = choice.current.value;
  const { name } = avatar;
  const avatars = choice.all.value;
  const introduction = choice.introduction.value;
  const video = standings.video.value;
  const cast = standings.cast.value;
  const mood = panel.mood.value;
  const notice = panel.notice.value;
  const ear = listening?.state.value ?? 'off';
  const consent = listening?.consent.value ?? null;
  const latest = messages.at(-1);
  // Where a notice says what to do, nothing else offers to do it.
  const isAsleep =
    (status === 'idle' || status === 'ended') &&
    !introduction &&
    !notice?.action &&
    !notice?.instead;
  const ask = (question: string) => void panel.ask(question);

  return (
    <>
      <Header
        name={name}
        mood={mood && t(`mood.${mood}`)}
        line={panel.line.value}
        onPick={avatars.length > 1 ? () => (panel.picking.value = true) : null}
        clock={care.isRunning.value ? care.clock : null}
        cost={care.cost}
        price={avatar.price}
        alive={status === 'live'}
        onFresh={() => void panel.fresh()}
        onConversations={onConversations}
        onSave={onSave}
        onSettings={onSettings}
        onDiagnostics={props.onDiagnostics}
        onEnd={status === 'live' ? () => void session.end('user') : null}
      />
      <div class={small.value ? 'top-small' : asked ? 'top-asked' : undefined}>
        <Stage
          stage={stage}
          small={small.value}
          speaking={activity === 'speaking'}
          canStop={abilities.interrupt}
          muted={panel.muted.value}
          blocked={panel.hearing.voice.value === 'blocked'}
          asleep={isAsleep}
          name={name}
          video={video}
          offline={panel.offline.value}
          onCancel={
            status === 'connecting' && avatar.provider !== 'local'
              ? () => void panel.cancel()
              : null
          }
          onPopIn={props.out.value}
          onPopOut={status === 'live' && !props.out.value ? props.onPopOut : null}
          onRoom={panel.room}
          onStop={() => void panel.stop()}
          onMute={(muted) => void panel.mute(muted)}
          onWake={() => void panel.wake()}
          onGrow={() => {
            small.value = false;
          }}
        >
          <Portrait
            look={look.value}
            pose={panel.pose.value}
            gaze={panel.gaze.value}
            emotion={panel.hearing.emotion.value}
            page={pageSide}
            covered={video === 'shown'}
            {...(listening && { level: listening.level })}
            subscribe={panel.hearing.onCues}
            label={t('panel.portrait', [name, panel.line.value])}
          />
        </Stage>
        <Captions
          spoken={panel.hearing.spoken.value}
          small={small.value}
          hint={panel.hint.value}
          understood={latest?.who === 'reader' && latest.status === 'interim' ? latest.text : null}
          size={captionSize?.value ?? 'medium'}
        />
        {cast && <CastSwitch cast={cast} onCast={(id) => void panel.cast(id)} />}
      </div>
      <Chip
        sight={sight}
        onOpen={() => {
          sheet.value = true;
        }}
        onStop={() => void panel.stopSharing()}
      />
      <Talk
        messages={messages}
        thinking={activity === 'thinking'}
        conversation={talk.conversation.value}
        place={talk.place.value}
        hasEarlier={talk.hasEarlier.value}
        onEarlier={talk.earlier}
        onStay={talk.stay}
        onScroll={(up) => {
          small.value = up;
        }}
        onAsk={ask}
        onQuote={(message, quote) => void panel.point(message, quote)}
        onCopy={({ text }) => void navigator.clipboard.writeText(text)}
        onRemove={(message) => void panel.remove(message)}
      >
        {status === 'live' && !asked && (
          <Suggestions questions={panel.suggestions.value} onAsk={ask} />
        )}
      </Talk>
      {marked && (
        <Marked
          text={marked.text}
          canTranslate={abilities.model}
          canSpeak={abilities.speak}
          onExplain={() => ask(t('ask.explain'))}
          onSummarise={() => ask(t('ask.summariseMarked'))}
          onTranslate={() => ask(t('ask.translateMarked', [language]))}
          onReadAloud={() => void panel.readAloud(marked.text)}
          onDismiss={() => page.dismiss()}
        />
      )}
      {introduction && (
        <Meeting
          introduction={introduction}
          onAgree={() => void panel.agree()}
          onStay={() => void panel.standIn()}
        />
      )}
      {care.isLeaving.value && (
        <Countdown
          name={name}
          left={care.leaves}
          isLast={care.leavesSoon.value}
          onStay={care.stir}
        />
      )}
      {listening && consent && (
        <Consent
          consent={consent}
          onAgree={() => void listening.agree()}
          onDownload={() => void listening.download()}
          onDecline={listening.decline}
        />
      )}
      {notice && <Notice notice={notice} onDismiss={panel.dismiss} />}
      {listening && ear !== 'off' && (
        <Listening
          state={ear}
          level={listening.level}
          onStop={ear === 'asking' || listening.stays.value ? listening.stop : null}
        />
      )}
      <Composer
        draft={talk.draft.value}
        placeholder={panel.placeholder.value}
        focusAt={panel.focusAt.value}
        onDraft={panel.write}
        onSend={() => ask(talk.take())}
        onLast={() => talk.write(panel.lastQuestion())}
        onFocus={panel.typing}
      >
        {listening?.able.value && (
          <Microphone
            state={ear}
            mode={listening.mode.value}
            level={listening.level}
            onPress={listening.press}
            onRelease={listening.release}
            onToggle={listening.toggle}
          />
        )}
      </Composer>
      <p class="unseen" aria-live="polite">
        {panel.hearing.announced.value}
      </p>
      {sheet.value && (
        <Sheet
          sight={sight}
          avatar={avatar}
          preview={() => page.preview()}
          onRung={(rung) => void panel.rule({ rung })}
          onKeepQuery={(keepQuery) => void panel.rule({ keepQuery })}
          onFollowSite={() => {
            const origin = sight.kind === 'page' ? originOf(sight.url) : null;
            if (origin !== null) void followSite(origin);
          }}
          onFollowEverywhere={() => void followEverywhere()}
          onUnfollow={() => {
            if (sight.kind !== 'page') return;
            const origin = originOf(sight.url);
            if (origin !== null) {
              void unfollow(sight.access === 'everywhere' ? 'everywhere' : origin);
            }
          }}
          onClose={() => {
            sheet.value = false;
          }}
        />
      )}
      {panel.picking.value && (
        <Picker
          avatars={avatars}
          current={avatar}
          onChoose={(chosen) => void panel.choose(chosen)}
          onSettings={onSettings}
          onClose={() => {
            panel.picking.value = false;
          }}
        />
      )}
    </>
  );
}
