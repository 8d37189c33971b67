import { writeFile } from 'node:fs/promises';
import type { Bidi } from './firefox-bidi';
import type { Hands, Point } from './view';

/** What keys are called on the wire (WebDriver, "Keyboard actions"). */
const codes: Readonly<Record<string, string>> = {
  Alt: '\uE00A',
  ArrowDown: '\uE015',
  ArrowLeft: '\uE012',
  ArrowRight: '\uE014',
  ArrowUp: '\uE013',
  Backspace: '\uE003',
  Control: '\uE009',
  Delete: '\uE017',
  End: '\uE010',
  Enter: '\uE007',
  Escape: '\uE00C',
  Home: '\uE011',
  Shift: '\uE008',
  Space: ' ',
  Tab: '\uE004',
};

export function firefoxHands(bidi: Bidi, context: string): Hands {
  const act = async (type: 'pointer' | 'key', actions: readonly object[]) => {
    const source = { type, id: type, actions };
    await bidi.send('input.performActions', { context, actions: [source] });
  };
  const move = ({ x, y }: Point, duration = 0) => ({
    type: 'pointerMove',
    x: Math.round(x),
    y: Math.round(y),
    duration,
  });
  const button = (type: 'pointerDown' | 'pointerUp', which: 'left' | 'right') => ({
    type,
    button: which === 'left' ? 0 : 2,
  });
  const stroke = (keys: readonly string[]) => [
    ...keys.map((value) => ({ type: 'keyDown', value })),
    ...keys.toReversed().map((value) => ({ type: 'keyUp', value })),
  ];
  return {
    run: (expression) => bidi.run(context, expression),
    click: (x, y, which) =>
      act('pointer', [move({ x, y }), button('pointerDown', which), button('pointerUp', which)]),
    drag: (from, to) =>
      act('pointer', [
        move(from),
        button('pointerDown', 'left'),
        move(to, 100),
        button('pointerUp', 'left'),
      ]),
    press: (keys) => act('key', stroke(keys.split('+').map((key) => codes[key] ?? key))),
    hold: async (what, meanwhile) => {
      const value = typeof what === 'string' ? (codes[what] ?? what) : '';
      if (typeof what === 'string') await act('key', [{ type: 'keyDown', value }]);
      else await act('pointer', [move(what), button('pointerDown', 'left')]);
      try {
        await meanwhile();
      } finally {
        if (typeof what === 'string') await act('key', [{ type: 'keyUp', value }]);
        else await act('pointer', [button('pointerUp', 'left')]);
      }
    },
    type: (text) =>
      act(
        'key',
        Array.from(text).flatMap((letter) => stroke([letter])),
      ),
    screenshot: async (file) => {
      const { data } = await bidi.send('browsingContext.captureScreenshot', { context });
      await writeFile(file, String(data), 'base64');
    },
    close: async () => {
      await bidi.send('browsingContext.close', { context });
    },
  };
}
