import { Section } from '@/components/options/Section';
import { t } from '@/lib/words';

export function AboutChapter({ version }: { readonly version: string }) {
  return (
    <Section id="about" title={t('options.about.title')}>
      <p>{t('options.about.ai')}</p>
      <p>{t('options.about.leaves')}</p>
      <p class="hint">{t('options.about.version', [version])}</p>
    </Section>
  );
}
