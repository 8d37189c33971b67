import type { Scene } from '@soulmachines/smwebsdk';
import type { Card } from '@/lib/session/provider';
import { cardFrom } from '@/lib/providers/soul-machines/cards';
import { isFields } from '@/lib/providers/soul-machines/message';

/**
 * Hands on each card as it comes up. The SDK tells all that are up at each change; in a
 * transcript what was shown stays, so only the new ones count, and none goes away.
 */
export function showCards(scene: Scene, show: (card: Card) => void): void {
  let up = new Set<unknown>();
  scene.conversation.autoClearCards = true;
  scene.conversation.onCardChanged.addListener((cards: readonly unknown[]) => {
    const now = new Set<unknown>();
    for (const raw of cards) {
      const id = isFields(raw) ? raw['id'] : null;
      now.add(id);
      const card = up.has(id) ? null : cardFrom(raw);
      if (card) show(card);
    }
    up = now;
  });
}
