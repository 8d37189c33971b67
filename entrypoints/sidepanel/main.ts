import { mount } from '@/entrypoints/sidepanel/mount';

const app = document.querySelector('#app');
if (app) void mount(app);
