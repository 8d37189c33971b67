/** Runs wherever our code does: from now on its wall clock is so much ahead, ms. No timer is. */
export function shiftDate(ms: number): void {
  const Real = Date;
  globalThis.Date = class extends Real {
    constructor(...given: readonly unknown[]) {
      super(...((given.length > 0 ? given : [Real.now() + ms]) as [number]));
    }
    static override now() {
      return Real.now() + ms;
    }
  } as DateConstructor;
}
