type Cell = 'begun' | 'passed' | { readonly why: string };

/** Which cells of the matrix hold, as a table to print. */
export function faultTable(
  title: string,
  faults: readonly string[],
  situations: readonly string[],
) {
  const rows = new Map(faults.map((fault) => [fault, new Map<string, Cell>()]));
  const set = (fault: string, situation: string, cell: Cell) => {
    rows.get(fault)?.set(situation, cell);
  };
  /** A dash: it was not run. */
  const sign = (cell: Cell | undefined) => {
    if (cell === undefined) return '–';
    if (typeof cell === 'object') return `(${cell.why})`;
    return cell === 'passed' ? 'holds' : 'BROKEN';
  };
  return {
    begin: (fault: string, situation: string) => set(fault, situation, 'begun'),
    passed: (fault: string, situation: string) => set(fault, situation, 'passed'),
    /** A cell without a meaning, and why it has none. */
    senseless: (fault: string, situation: string, why: string) => set(fault, situation, { why }),
    print(): string {
      const head = [title, ...situations];
      const lines = [...rows].map(([fault, row]) => [
        fault,
        ...situations.map((situation) => sign(row.get(situation))),
      ]);
      const all = [head, ...lines];
      const widths = head.map((_, n) => Math.max(...all.map((line) => line[n]?.length ?? 0)));
      return all
        .map((line) => line.map((cell, n) => cell.padEnd(widths[n] ?? 0)).join('  '))
        .join('\n');
    },
  };
}
