/**
 * Our icon family: drawn on a 20 px grid with one 1.5 px line in the colour of the words around
 * it. Always hidden from screen readers, so the button it sits in needs a label of its own.
 */
export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      class="icon"
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      stroke-width="1.5"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={lines[name]} />
    </svg>
  );
}

export type IconName = keyof typeof lines;

const speaker = 'M3.25 7.75v4.5h2.5l4 3.5V4.25l-4 3.5z';

/** A dot of 2.5 px across: the 1.5 px line around a circle of half a pixel. */
const dot = (x: number, y: number) => `M${x - 0.5} ${y}a.5.5 0 1 0 1 0a.5.5 0 1 0-1 0`;

const ring = (x: number, y: number, r: number) =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0-${2 * r} 0`;

const lines = {
  microphone:
    'M10 2.75A2.25 2.25 0 0 1 12.25 5v4.5a2.25 2.25 0 0 1-4.5 0V5A2.25 2.25 0 0 1 10 2.75zM4.75 9.5a5.25 5.25 0 0 0 10.5 0M10 14.75v2.5',
  send: 'M10 16.25V4M5 8.75l5-5 5 5',
  stop: 'M6.25 5.25h7.5a1 1 0 0 1 1 1v7.5a1 1 0 0 1-1 1h-7.5a1 1 0 0 1-1-1v-7.5a1 1 0 0 1 1-1z',
  sound: `${speaker}M12.75 7.5a3.5 3.5 0 0 1 0 5M15 5.25a6.75 6.75 0 0 1 0 9.5`,
  muted: `${speaker}M13 8l4 4M17 8l-4 4`,
  more: dot(4.5, 10) + dot(10, 10) + dot(15.5, 10),
  copy: 'M8.25 6.75h7a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1h-7a1 1 0 0 1-1-1v-8a1 1 0 0 1 1-1zM12.75 6.75v-2.5a1 1 0 0 0-1-1h-7a1 1 0 0 0-1 1v8a1 1 0 0 0 1 1h2.5',
  delete: 'M3.75 5.75h12.5M7.75 5.75v-2.5h4.5v2.5M5.25 5.75l.75 11h8l.75-11M8.5 8.75v5M11.5 8.75v5',
  close: 'M5.25 5.25l9.5 9.5M14.75 5.25l-9.5 9.5',
  check: 'M4 10.75l4 4 8-9.5',
  address: `${ring(10, 10, 7.25)}M2.75 10h14.5M10 2.75c2 2 3 4.5 3 7.25s-1 5.25-3 7.25c-2-2-3-4.5-3-7.25s1-5.25 3-7.25`,
  page: 'M4.75 2.75h6.5l4 4v10.5h-10.5zM11.25 2.75v4h4M7.75 10.25h4.5M7.75 13.5h4.5',
  selection:
    'M3.75 4.25h12.5M3.75 15.75h7.5M4.5 7.5h9a.75.75 0 0 1 .75.75v3.5a.75.75 0 0 1-.75.75h-9a.75.75 0 0 1-.75-.75v-3.5a.75.75 0 0 1 .75-.75z',
  eye: `M1.75 10S4.5 4.75 10 4.75 18.25 10 18.25 10 15.5 15.25 10 15.25 1.75 10 1.75 10z${ring(10, 10, 2.25)}`,
  'eye-off':
    'M2.25 8c1.75 2.75 4.5 4.25 7.75 4.25S16 10.75 17.75 8M4.75 11l-1.5 2M10 12.25v2.5M15.25 11l1.5 2',
  chevron: 'M5.5 7.75l4.5 4.5 4.5-4.5',
  settings: `M3 6.5h7.5M14.5 6.5H17M3 13.5h2.5M9.5 13.5H17${ring(12.5, 6.5, 2)}${ring(7.5, 13.5, 2)}`,
  clock: `${ring(10, 10, 7.25)}M10 5.75V10l2.75 2`,
  'pop-out': 'M8.5 4.25h-4.75v11.5h12.5v-4.5M11.25 3.25h5.5v4.5h-5.5z',
  'pop-in': 'M8.5 4.25h-4.75v11.5h12.5v-4.5M16.25 3.75L10.5 9.5M10.25 6v3.75H14',
  pin: 'M7 3.25h6M8 3.25v5L5.75 11.5h8.5L12 8.25v-5M10 11.5v5.25',
  external:
    'M11.5 3.25h5.25V8.5M16.5 3.5L9.5 10.5M14.25 11.5v4.25a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1H8.5',
  undo: 'M6.75 4.25l-3.5 3.5 3.5 3.5M3.5 7.75h8.25a4.25 4.25 0 0 1 0 8.5H8.5',
  play: 'M6.25 4.25v11.5l9.5-5.75z',
  warning: `M10 3.25l7.5 13h-15zM10 8v3.5${dot(10, 13.75)}`,
  search: `${ring(8.75, 8.75, 5.5)}M12.75 12.75l4 4`,
  add: 'M10 4.25v11.5M4.25 10h11.5',
  download: 'M10 3.25v9M6 8.5l4 4 4-4M3.75 16.25h12.5',
  erase: 'M7.25 16.25l-4-4 8.75-8.75 5 5-7.75 7.75zM7.75 7.75l5 5M9.25 16.25h7.5',
} as const;
