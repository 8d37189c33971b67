import { i18n } from '#i18n';

/** Every sentence a person can read, from `locales/en.yml`: `t('panel.asleep')`. */
export const t = i18n.t;
