import { effect, useSignal, type ReadonlySignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { createAnimator, type Animator } from '@/lib/face/animator';
import { audienceOf, browserClock, type Audience } from '@/lib/face/clock';
import type { Emotion, Gaze, Pose, VisemeCue } from '@/lib/face/cue';
import { createPainter, type Painter } from '@/lib/face/painter';
import type { PortraitLook } from '@/lib/settings';
import './Portrait.css';

interface PortraitProps {
  readonly look: PortraitLook;
  /** Its accessible name: who this is, and in which state. */
  readonly label: string;
  readonly pose?: Pose;
  readonly gaze?: Gaze;
  readonly emotion?: Emotion;
  /** On which side of the portrait the page lies. */
  readonly page?: 'left' | 'right';
  /** Something stands before it, so it need not move. */
  readonly covered?: boolean;
  /** How loud the reader is, 0 to 1. A signal, since it changes many times a second. */
  readonly level?: ReadonlySignal<number>;
  /** Hands over each run of cues as it comes, an empty one to fall silent. Returns the way to stop. */
  readonly subscribe?: (listener: (cues: readonly VisemeCue[]) => void) => () => void;
}

/** The living portrait. Fills its parent, whatever its proportions: the head is never cut. */
export function Portrait(props: PortraitProps) {
  const { look, label, pose = 'attentive', gaze = 'reader', emotion = 'neutral' } = props;
  const { page = 'left', covered = false, level, subscribe } = props;
  const host = useRef<HTMLDivElement>(null);
  const painter = useRef<Painter>(null);
  const animator = useRef<Animator>(null);
  const cover = useSignal(covered);

  // In the layout phase, so that no frame of the panel is shown without a face.
  useLayoutEffect(() => {
    if (host.current === null) return;
    const canvas = createPainter(host.current);
    const created = createAnimator({
      paint: (shapes) => canvas.paint(shapes),
      clock: browserClock,
      audience: behind(audienceOf(host.current), cover),
      look,
      life: { pose, gaze, emotion, page, seed: Math.random() * 2 ** 31 },
    });
    painter.current = canvas;
    animator.current = created;
    return () => created.dispose();
  }, []);

  useLayoutEffect(() => {
    cover.value = covered;
  }, [covered]);
  useLayoutEffect(() => painter.current?.name(label), [label]);
  useLayoutEffect(() => animator.current?.pose(pose), [pose]);
  useLayoutEffect(() => animator.current?.gaze(gaze), [gaze]);
  useLayoutEffect(() => animator.current?.emotion(emotion), [emotion]);
  useLayoutEffect(() => animator.current?.look(look), [look]);
  useEffect(() => level && effect(() => animator.current?.level(level.value)), [level]);
  useEffect(() => subscribe?.((cues) => animator.current?.cues(cues)), [subscribe]);

  return <div ref={host} class="portrait" />;
}

/** Nobody sees a portrait with something before it. */
function behind(audience: Audience, cover: ReadonlySignal<boolean>): Audience {
  return {
    seen: () => !cover.peek() && audience.seen(),
    still: audience.still,
    watch(changed) {
      const stop = audience.watch(changed);
      const uncover = cover.subscribe(changed);
      return () => {
        stop();
        uncover();
      };
    },
  };
}
