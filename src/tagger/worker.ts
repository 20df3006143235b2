import { expose } from 'comlink';
import { tensorCount } from '../model/backends';
import { openExemplarsUrl, openModelUrl } from '../model/browser';
import { Tagger } from './tagger';

expose(new Tagger({ openModel: openModelUrl, openExemplars: openExemplarsUrl, tensorCount }));
