import { Icon, type IconName } from '@/components/icons';
import { rungs, type Rung } from '@/lib/page/page';
import { t } from '@/lib/words';

/** How far a page may be shared, rung by rung. */
export function Ladder() {
  return (
    <ol class="ladder-rungs">
      {rungs.map((rung) => (
        <li key={rung}>
          <Icon name={icons[rung]} />
          <div>
            <b>{t(`welcome.rung.${rung}`)}</b> {t(`welcome.rungLong.${rung}`)}
          </div>
        </li>
      ))}
    </ol>
  );
}

const icons: Readonly<Record<Rung, IconName>> = {
  nothing: 'eye-off',
  address: 'address',
  selection: 'selection',
  page: 'page',
};
