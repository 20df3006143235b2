import { App } from '../app/app';
import './earmark-app';

const page = document.querySelector('earmark-app');
if (page) page.app = App.start();
