import { mount } from 'svelte';
import './app.css';
import { openHost } from './host';
import { app } from './store/live.svelte';
import { router } from './store/router.svelte';
import { text } from './text';
import { follow } from './views/frame/follow';
import Frame from './views/frame/Frame.svelte';

text.start();
router.start();
app.start(await openHost(), follow);
const target = document.getElementById('app');
if (target) mount(Frame, { target });
