import { Fragment } from 'preact';

/** A keyboard shortcut as the browser writes it: "Alt+Shift+V", or "⌥⇧V" on a Mac. */
export function Keys({ keys }: { readonly keys: string }) {
  return (
    <bdi class="keys">
      {keys.split('+').map((key, index) => (
        <Fragment key={key}>
          {index > 0 && '+'}
          <kbd>{key}</kbd>
        </Fragment>
      ))}
    </bdi>
  );
}
