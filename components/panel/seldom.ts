/** What the panel does not show in its first frame, nor in most of its life: loaded together, once. */
export { CastSwitch } from '@/components/panel/CastSwitch';
export { Cards } from '@/components/panel/Cards';
export { Consent } from '@/components/panel/Consent';
export { Countdown } from '@/components/panel/Countdown';
export { Listening } from '@/components/panel/Listening';
export { Marked } from '@/components/panel/Marked';
export { Meeting } from '@/components/panel/Meeting';
export { Picker } from '@/components/panel/Picker';
export { Sheet } from '@/components/panel/Sheet';
