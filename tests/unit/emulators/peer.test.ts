import wrtc from '@roamhq/wrtc';
import { afterEach, describe, expect, test } from 'vitest';
import { until } from '@/tests/e2e/until';
import { createPeer, type Peer, type PeerOptions } from '@/tests/emulators/media/peer';
import { createVoice, type Utterance } from '@/tests/emulators/media/voice';
import { level, sine } from '@/tests/unit/emulators/hearing';

const voice = createVoice({ force: 'stand-in' });
const ended: (() => void)[] = [];
afterEach(() => ended.splice(0).forEach((end) => end()));
