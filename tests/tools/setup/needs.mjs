import { existsSync } from 'node:fs';
import { findChromium, findFirefox, isInstalled } from './browsers.mjs';

/**
 * Something a command needs besides Node.
 * @typedef {object} Need
 * @property {string} name as it stands in "Please install …"
 * @property {string[]} packages where Debian has it
 * @property {() => boolean} isThere
 * @property {boolean} [optional] the command does without, and says so
 */

const isLinux = process.platform === 'linux';
const hasScreen = Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);

/** @type {Need} */
const chromium = {
  name: 'Chromium, Chrome for Testing, Edge or Brave (or name one in CHROME_PATH)',
  packages: ['chromium'],
  isThere: () => findChromium() !== null,
};

/** @type {Need} */
const firefox = {
  name: 'Firefox (or name one in FIREFOX_PATH)',
  packages: ['firefox-esr'],
  isThere: () => findFirefox() !== null,
};

/** @type {Need} */
const screen = {
  name: 'Xvfb, since there is no screen here',
  packages: ['xvfb'],
  isThere: () => !isLinux || hasScreen || isInstalled('Xvfb'),
};

/** @type {Need} */
const hands = {
  name: 'Xvfb and xdotool, which reach native menus',
  packages: ['xvfb', 'xdotool'],
  isThere: () => !isLinux || ['Xvfb', 'xdotool'].every(isInstalled),
  optional: true,
};

/** @type {Need} */
const voice = {
  name: 'speech-dispatcher, eSpeak NG and PulseAudio, which are a real voice',
  packages: ['espeak-ng', 'speech-dispatcher', 'speech-dispatcher-espeak-ng', 'pulseaudio'],
  isThere: () => !isLinux || ['espeak-ng', 'speech-dispatcher', 'pulseaudio'].every(isInstalled),
  optional: true,
};

/** @type {Need} */
const recorder = {
  name: 'parec, which hears what the system plays',
  packages: ['pulseaudio-utils'],
  isThere: () => !isLinux || isInstalled('parec'),
  optional: true,
};

/** @type {Need} */
const fonts = {
  name: 'fonts for every script (DejaVu, Noto CJK, Noto Color Emoji)',
  packages: ['fonts-dejavu-core', 'fonts-noto-cjk', 'fonts-noto-color-emoji'],
  isThere: () => !isLinux || existsSync('/usr/share/fonts/opentype/noto'),
  optional: true,
};

/** @type {Need} */
const redis = {
  name: 'redis-server, which the broker shares its limits through',
  packages: ['redis-server'],
  isThere: () => isInstalled('redis-server'),
};

/** @type {ReadonlyMap<string, Need[]>} */
const commands = new Map([
  ['start', [chromium, screen]],
  ['test', [chromium, firefox, hands, voice, redis]],
  ['look', [chromium, fonts]],
  ['bench', [chromium, screen]],
  ['bench-vendors', [chromium]],
  ['bench-faults', [chromium]],
  ['bench-soak', [chromium]],
  ['bench-barge-in', [chromium, voice, recorder]],
]);

/** @param {string} command */
export function needsOf(command) {
  const needs = commands.get(command);
  if (needs === undefined) {
    throw new Error(
      `Say what to do: node tests/tools/setup.mjs ${[...commands.keys()].join(' | ')}`,
    );
  }
  return needs;
}
