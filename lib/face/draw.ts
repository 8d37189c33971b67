import { circle } from '@/lib/face/curve';
import type { Expression } from '@/lib/face/expression';
import { drawMoon } from '@/lib/face/moon';
import { drawPerson } from '@/lib/face/person';
import type { Shape } from '@/lib/face/shape';
import { alive, backdrop, tonesOf } from '@/lib/face/tones';
import type { PortraitLook } from '@/lib/settings';

/** The whole picture, back to front. */
export function draw(expression: Expression, look: PortraitLook): Shape[] {
  const tones = tonesOf(look, expression.asleep);
  const { ring, level } = expression;
  return [
    {
      part: 'backdrop',
      d: circle(150, 124, 112),
      fill: look.skin === 'moon' ? tones.sky : backdrop,
    },
    {
      part: 'ring',
      d: circle(150, 124, 114 + level * 6),
      fill: 'none',
      stroke: alive,
      width: 2.5 + level * 4,
      opacity: ring,
    },
    ...(look.skin === 'moon' ? drawMoon : drawPerson)(expression, tones),
  ];
}
