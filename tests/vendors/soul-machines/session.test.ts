import { describe, expect, it, vi } from 'vitest';
import type { Ear } from '@/lib/ears/ear';
import { keyOf } from '@/tests/vendors/soul-machines/avatar';
import { until } from '@/tests/vendors/until';
import { live } from '@/tests/vendors/soul-machines/live';
import { emulatedService } from '@/tests/vendors/soul-machines/service';

const service = emulatedService();

describe('the reader’s voice', () => {
  it('is heard by the service as it is, understood, and answered', async () => {
    const { subject, connection, finals } = await live(service.vendor, {
      recognises: 'What is a crab?',
      microphoneMuteDelay: 200,
    });
    const capture = vi.spyOn(navigator.mediaDevices, 'getUserMedia');
    const { track, stop, close } = tone(440);
    await connection.hear?.(earOf(track));
    const reader = () => subject.of('said').filter(({ who }) => who === 'reader');
    await until('interim words', () => reader().length > 0);
    stop();
    await until('the final ones', () => reader().some(({ final }) => final));
    expect(subject.of('speaking').map(({ who }) => who)).toEqual(['reader', null]);
    await until('an answer', () => finals().length > 0);
    expect(finals()[0]?.text).toContain('is a crab');
    const [heard] = await service.told('heard');
    const { hertz, seconds } = heard as { hertz: number; seconds: number };
    expect(Math.abs(hertz - 440)).toBeLessThan(15);
    expect(seconds).toBeGreaterThan(0.1);
    // The device is the panel's: nobody else opens it, mutes it or stops it.
    expect(track.enabled).toBe(true);
    await connection.hear?.(null);
    await connection.close();
    expect(track.readyState).toBe('live');
    expect(capture).not.toHaveBeenCalled();
    await close();
    capture.mockRestore();
  });
});

describe('a session', () => {
  it('tells the versions it runs on', async () => {
    const { subject } = await live(service.vendor);
    await until('both', () => 'platform' in (subject.of('details').at(-1)?.details ?? {}));
    expect(subject.of('details').at(-1)?.details).toEqual({ sdk: '15.8.1', platform: '24.2.0' });
  });

  it('tells what room its picture has', async () => {
    const { connection, subject } = await live(service.vendor);
    await connection.resize?.(300.4, 200);
    await until(
      'it being told',
      async () => (await service.told('socket webrtc.videoBounds')).length > 1,
    );
    expect((await service.told('socket webrtc.videoBounds')).at(-1)).toMatchObject({
      width: 300,
      height: 200,
    });
    await until('the picture following', () => {
      return subject.stage.querySelector('video')?.videoWidth === 300;
    });
  });

  it('is found again by its key after the line was lost, and remembers', async () => {
    const { subject, answer } = await live(
      service.vendor,
      { resumable: true },
      { grant: { credential: keyOf(service.vendor) } },
    );
    await answer('My name is Ada');
    const token = subject.of('resumable').at(-1)?.token ?? null;
    expect(token).not.toBe(null);
    await service.vendor.turn({ now: { do: 'drop' } });
    await until('its end', () => subject.of('ended').length > 0);
    expect(JSON.stringify(subject.events)).not.toContain(
      (keyOf(service.vendor) as { key: string }).key,
    );

    const history = [{ who: 'reader', text: 'My name is Ada' }] as const;
    const again = await live(
      service.vendor,
      { resumable: true },
      { grant: { credential: keyOf(service.vendor) }, resume: token, history },
    );
    expect(await again.answer('What did I say before?')).toContain('My name is Ada');
    const told = (await service.vendor.told()).map(({ what }) => what);
    expect(told).toContain('socket webrtc.updateOffer');
    expect(told).toContain('socket /server/emulated-1');
    expect(JSON.stringify(await service.told('socket scene.conversationSend'))).not.toContain(
      'History',
    );
    await again.connection.close();
    expect(again.subject.of('resumable').at(-1)?.token).toBe(null);
  });

  it('that is gone is begun anew, with what was said', async () => {
    const resume = JSON.stringify({ server: 'emulated-1', session: 'long-ago' });
    const history = [
      { who: 'reader', text: 'My name is Ada' },
      { who: 'avatar', text: 'Hello Ada' },
    ] as const;
    const { answer } = await live(
      service.vendor,
      { resumable: true },
      { grant: { credential: keyOf(service.vendor) }, resume, history },
    );
    await answer('What is my name?');
    await answer('And yours?');
    const [first, second] = await service.told('socket scene.conversationSend');
    expect(first).toMatchObject({
      variables: { conversationHistory: 'reader: My name is Ada\navatar: Hello Ada' },
    });
    expect(JSON.stringify(second)).not.toContain('conversationHistory');
  });

  it('says that the browser wants a click first, and takes it', async () => {
    const play = HTMLMediaElement.prototype.play;
    let clicked = false;
    // As a browser does whose policy this run has switched off.
    HTMLMediaElement.prototype.play = function held(this: HTMLMediaElement) {
      if (this.muted || clicked) return play.call(this);
      return Promise.reject(new DOMException('', 'NotAllowedError'));
    };
    try {
      const { subject, connection } = await live(service.vendor);
      expect(subject.of('voice').at(-1)?.state).toBe('blocked');
      expect(subject.stage.querySelector('video')?.muted).toBe(true);
      clicked = true;
      await connection.mute(false);
      expect(subject.of('voice').at(-1)?.state).toBe('heard');
      expect(subject.stage.querySelector('video')?.muted).toBe(false);
    } finally {
      HTMLMediaElement.prototype.play = play;
    }
  });

  it('is refused where the browser plays nothing at all', async () => {
    const play = HTMLMediaElement.prototype.play;
    HTMLMediaElement.prototype.play = () => Promise.reject(new DOMException('', 'NotAllowedError'));
    try {
      await expect(live(service.vendor)).rejects.toMatchObject({ code: 'vendor_unplayed' });
    } finally {
      HTMLMediaElement.prototype.play = play;
    }
  });

  it('ends with its page', async () => {
    const { subject } = await live(service.vendor);
    window.dispatchEvent(new Event('pagehide'));
    await until('its end', () => subject.of('ended').length > 0);
    await until(
      'the service being told',
      async () => (await service.vendor.running()).length === 0,
    );
    expect((await service.vendor.told()).map(({ what }) => what)).toContain('socket webrtc.close');
  });
});

function earOf(track: MediaStreamTrack): Ear {
  return { track, mode: 'open', onBlock: () => () => undefined, onSpeech: () => () => undefined };
}

/** A tone to be heard in place of a voice. */
function tone(frequency: number) {
  const context = new AudioContext();
  const sink = context.createMediaStreamDestination();
  const oscillator = new OscillatorNode(context, { frequency });
  oscillator.connect(new GainNode(context, { gain: 0.5 })).connect(sink);
  oscillator.start();
  const [track] = sink.stream.getAudioTracks();
  if (!track) throw new Error('There is no tone.');
  return {
    track,
    stop: () => oscillator.stop(),
    close: () => context.close(),
  };
}
