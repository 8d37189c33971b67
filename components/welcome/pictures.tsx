import type { ComponentChildren } from 'preact';

/** The button at the end of a browser's toolbar. */
export function ToolbarPicture() {
  return (
    <Picture>
      <path class="picture-line" d="M0 22h200M0 62h200" />
      <rect x="12" y="32" width="118" height="20" rx="10" />
      <g class="picture-faint">
        <path d="M28 42h52" />
        <path d="M16 80h92M16 94h76M16 108h84" />
      </g>
      <Mark x={142} y={31} />
      <g class="picture-faint">
        <circle cx="182" cy="37" r="1" />
        <circle cx="182" cy="42" r="1" />
        <circle cx="182" cy="47" r="1" />
      </g>
      <circle class="picture-alive" cx="153" cy="42" r="18" />
    </Picture>
  );
}

/** Three keys of a keyboard, one of them held. */
export function ShortcutPicture() {
  return (
    <Picture>
      <g class="picture-faint">
        {[24, 58, 92, 126, 160].map((x) => (
          <rect key={x} x={x} y="20" width="26" height="24" rx="5" />
        ))}
      </g>
      <rect x="16" y="54" width="44" height="24" rx="5" />
      <rect x="68" y="54" width="44" height="24" rx="5" />
      <rect class="picture-alive" x="120" y="54" width="26" height="24" rx="5" />
      <path d="M128 62l5 9 5-9" />
      <g class="picture-faint">
        <rect x="154" y="54" width="30" height="24" rx="5" />
        <rect x="50" y="88" width="100" height="24" rx="5" />
      </g>
    </Picture>
  );
}

/** Selected words and the menu over them. */
export function SelectionPicture() {
  return (
    <Picture>
      <g class="picture-faint">
        <path d="M16 20h168M16 34h40M150 34h34M16 48h104" />
      </g>
      <path class="picture-mark" d="M62 34h82" />
      <rect class="picture-sheet" x="86" y="46" width="98" height="66" rx="6" />
      <g class="picture-faint">
        <path d="M98 60h44M98 98h56" />
      </g>
      <path d="M92 79h86" class="picture-row" />
      <Mark x={96} y={70} size={18} />
      <path d="M122 79h48" />
    </Picture>
  );
}

function Picture({ children }: { readonly children: ComponentChildren }) {
  return (
    <svg class="picture" viewBox="0 0 200 124" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

function Mark({
  x,
  y,
  size = 22,
}: {
  readonly x: number;
  readonly y: number;
  readonly size?: number;
}) {
  return <image href="/icon/mark-small.svg" x={x} y={y} width={size} height={size} />;
}
