import { expose } from 'comlink';
import { tensorCount } from '../model/backends';
import { openModelUrl } from '../model/browser';
import { Tagger } from './tagger';

expose(new Tagger({ openModel: openModelUrl, tensorCount }));
