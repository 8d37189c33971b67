import { useState } from 'preact/hooks';
import { Icon } from '@/components/icons';
import type { Entry, LineState, Timeline } from '@/lib/diagnostics/last';
import { lineFacts, tokenLine } from '@/lib/diagnostics/report';
import { durations } from '@/lib/diagnostics/timeline';
import { t } from '@/lib/words';
import './diagnostics.css';

export interface DiagnosticsProps {
  /** Null where there was no session yet. */
  readonly timeline: Timeline | null;
  /** For whoever helps. */
  readonly report: string;
  readonly version: string;
  /** BCP 47. */
  readonly language: string;
  readonly now: number;
  /** Resolves when it is in the clipboard. */
  readonly onCopy: (report: string) => Promise<void>;
}

/** How the last session went, step by step. Nothing of it leaves this computer by itself. */
export function Diagnostics(props: DiagnosticsProps) {
  const { timeline, report, version, language, now } = props;
  return (
    <main class="book">
      <header class="book-head">
        <p class="book-name">Visavis</p>
        <h1>{t('diagnostics.heading')}</h1>
        <p class="hint">{t('diagnostics.intro')}</p>
      </header>
      {timeline ? (
        <>
          <Whose timeline={timeline} version={version} language={language} now={now} />
          <Steps entries={timeline.entries} />
          <LineFacts line={timeline.line} />
        </>
      ) : (
        <p>{t('diagnostics.none')}</p>
      )}
      <Report report={report} onCopy={props.onCopy} />
    </main>
  );
}

function Whose({
  timeline,
  version,
  language,
  now,
}: Pick<DiagnosticsProps, 'version' | 'language' | 'now'> & { readonly timeline: Timeline }) {
  const { avatar, begun, token, details } = timeline;
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' });
  const facts: [string, string][] = [
    [t('diagnostics.avatar'), avatar],
    [t('diagnostics.begun'), time.format(begun)],
    ...(token ? [[t('diagnostics.token'), tokenLine(token, now)] as [string, string]] : []),
    ['Visavis', version],
    ...Object.entries(details),
  ];
  return <Facts title={t('diagnostics.session')} facts={facts} />;
}

function Steps({ entries }: { readonly entries: readonly Entry[] }) {
  const spent = durations(entries);
  const longest = Math.max(1, ...spent.map((ms) => ms ?? 0));
  return (
    <section class="chapter">
      <h2>{t('diagnostics.steps')}</h2>
      <table class="steps">
        <thead>
          <tr>
            <th>{t('diagnostics.step')}</th>
            <th>{t('diagnostics.at')}</th>
            <th>{t('diagnostics.took')}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map(({ what, at, note }, index) => {
            const took = spent[index] ?? null;
            return (
              <tr key={index}>
                <td>
                  {t(`diagnostics.what.${what}`)} {note && <small>{note}</small>}
                </td>
                <td>{milliseconds(at)}</td>
                <td>
                  {took !== null && milliseconds(took)}
                  {took !== null && (
                    <span
                      class="steps-bar"
                      aria-hidden="true"
                      style={{ inlineSize: `${(took / longest) * 100}%` }}
                    />
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function LineFacts({ line }: { readonly line: LineState | null }) {
  if (!line) return null;
  const facts = lineFacts(line).flatMap(([name, value]): [string, string][] =>
    value === null ? [] : [[name, value]],
  );
  return <Facts title={t('diagnostics.line')} facts={facts} />;
}

function Facts(props: {
  readonly title: string;
  readonly facts: readonly (readonly [string, string])[];
}) {
  return (
    <section class="chapter">
      <h2>{props.title}</h2>
      <dl class="facts">
        {props.facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Report({ report, onCopy }: Pick<DiagnosticsProps, 'report' | 'onCopy'>) {
  const [copied, setCopied] = useState(false);
  return (
    <section class="chapter">
      <h2>{t('diagnostics.report')}</h2>
      <p class="hint">{t('diagnostics.reportHint')}</p>
      <p class="buttons">
        <button
          type="button"
          class="button"
          onClick={() => void onCopy(report).then(() => setCopied(true))}
          onBlur={() => setCopied(false)}
        >
          <Icon name={copied ? 'check' : 'copy'} size={18} />
          {copied ? t('panel.copied') : t('diagnostics.copy')}
        </button>
      </p>
      <pre class="report" tabIndex={0}>
        {report}
      </pre>
    </section>
  );
}

/** To the reader's eye: ten seconds and more in seconds. */
function milliseconds(ms: number): string {
  return ms < 10_000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
