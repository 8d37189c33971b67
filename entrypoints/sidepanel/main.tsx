import { render } from 'preact';
import { t } from '@/lib/words';

const app = document.querySelector('#app');
if (app) render(<h1>{t('panel.title')}</h1>, app);
