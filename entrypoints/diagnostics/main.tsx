import { render } from 'preact';
import { Diagnostics } from '@/components/diagnostics/Diagnostics';
import { browser } from '@/lib/browser';
import { lastTimeline, watchTimeline } from '@/lib/diagnostics/last';
import { reportOf } from '@/lib/diagnostics/report';
import { t } from '@/lib/words';
import '@/components/paper.css';
import '@/components/options/options.css';

const app = document.querySelector('#app');
if (app) {
  document.title = t('diagnostics.title');
  draw(app);
  // What goes on in a panel beside it is seen as it happens.
  watchTimeline(() => draw(app));
}

function draw(root: Element): void {
  const timeline = lastTimeline();
  const { version } = browser.runtime.getManifest();
  const now = Date.now();
  render(
    <Diagnostics
      timeline={timeline}
      report={reportOf(timeline, { version, browser: navigator.userAgent, now })}
      version={version}
      language={browser.i18n.getUILanguage()}
      now={now}
      onCopy={(report) => navigator.clipboard.writeText(report)}
    />,
    root,
  );
}
