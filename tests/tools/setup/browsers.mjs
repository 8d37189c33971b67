import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/**
 * A Chromium that takes an unpacked extension: `CHROME_PATH`, else Chrome-for-Testing, Chromium,
 * Edge or Brave, else branded Chrome (which, from 137 on, only takes one over a debugging pipe).
 * @returns {string | null} its program
 */
export function findChromium() {
  return find(process.env['CHROME_PATH'], [
    ...downloaded(),
    ...inPath('chromium', 'chromium-browser', 'microsoft-edge', 'brave-browser'),
    ...installed({
      darwin: [
        'Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
        'Chromium.app/Contents/MacOS/Chromium',
        'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
        'Brave Browser.app/Contents/MacOS/Brave Browser',
        'Google Chrome.app/Contents/MacOS/Google Chrome',
      ],
      win32: [
        'Chromium/Application/chrome.exe',
        'Microsoft/Edge/Application/msedge.exe',
        'BraveSoftware/Brave-Browser/Application/brave.exe',
        'Google/Chrome/Application/chrome.exe',
      ],
    }),
    ...inPath('google-chrome-stable', 'google-chrome'),
  ]);
}

/**
 * A Firefox: `FIREFOX_PATH`, else the extended support release, else the usual one.
 * @returns {string | null} its program
 */
export function findFirefox() {
  return find(process.env['FIREFOX_PATH'], [
    ...inPath('firefox-esr', 'firefox'),
    ...installed({
      darwin: ['Firefox.app/Contents/MacOS/firefox', 'Firefox ESR.app/Contents/MacOS/firefox'],
      win32: ['Mozilla Firefox/firefox.exe', 'Mozilla Firefox ESR/firefox.exe'],
    }),
  ]);
}

/**
 * @param {string} program its plain name
 * @returns {boolean} whether a shell would find it
 */
export function isInstalled(program) {
  return inPath(program).some((file) => existsSync(file));
}

/**
 * @param {string | undefined} named what the environment names; a wrong one is said, not passed over
 * @param {string[]} candidates
 */
function find(named, candidates) {
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return named;
    throw new Error(`There is no browser at ${named}: correct CHROME_PATH or FIREFOX_PATH.`);
  }
  return candidates.find((file) => existsSync(file)) ?? null;
}

/** @param {string[]} names */
function inPath(...names) {
  const folders = (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
}

/** @param {{darwin: string[], win32: string[]}} files relative to where programs are installed */
function installed({ darwin, win32 }) {
  if (process.platform === 'darwin') {
    const folders = ['/Applications', path.join(homedir(), 'Applications')];
    return darwin.flatMap((file) => folders.map((folder) => path.join(folder, file)));
  }
  if (process.platform === 'win32') {
    const folders = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map(
      (key) => process.env[key] ?? '',
    );
    return win32.flatMap((file) => folders.map((folder) => path.join(folder, file)));
  }
  return [];
}

/** Chrome-for-Testing where Puppeteer and Playwright put it, newest first. */
function downloaded() {
  const caches = [
    path.join(homedir(), '.cache/puppeteer/chrome'),
    path.join(homedir(), '.cache/ms-playwright'),
    path.join(homedir(), 'Library/Caches/ms-playwright'),
    path.resolve('chrome'),
  ];
  const programs = [
    'chrome-linux64/chrome',
    'chrome-linux/chrome',
    'chrome-win64/chrome.exe',
    'chrome-win/chrome.exe',
    'chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
    'chrome-mac-x64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
  ];
  return caches
    .filter((cache) => existsSync(cache))
    .flatMap((cache) =>
      readdirSync(cache)
        .sort()
        .toReversed()
        .map((version) => path.join(cache, version)),
    )
    .flatMap((version) => programs.map((program) => path.join(version, program)));
}
