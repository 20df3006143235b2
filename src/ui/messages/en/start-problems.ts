import type { WorkerEnd } from '../../../shared/contracts/messages/problem';
import type { StartProblem } from '../start-problem';
import { inBrackets, type TextsOf } from '../texts';
import { backendNames, backendResult } from './backends';
import { because } from './value-faults';
import { quoted } from './words';

const workerEnds: Readonly<Record<WorkerEnd, string>> = {
  silent: 'it stopped responding',
  ended: 'the browser ended it',
  'not-loaded': 'it could not be loaded',
  error: '',
};

/** Problems that prevent listening: what happened, and what to do. Text in brackets is for bug reports. */
export const startProblems: TextsOf<StartProblem> = {
  'permission-denied':
    'Earmark isn’t allowed to use the microphone. Allow it for this page (icon next to the address), then press “Try again”.',
  'nothing-shared':
    'No sound is shared. Press “Try again”, choose a tab or a screen, and tick the box that shares its sound.',
  'no-microphone': 'No microphone found. Plug one in, or turn it on in your system settings, then press “Try again”.',
  'microphone-busy':
    'The microphone couldn’t be opened. Another program may be using it: close that program, then press “Try again”.',
  'microphone-unplugged':
    'The microphone was disconnected. Plug it in, and Earmark will listen again. Or choose another one in Settings, then press “Try again”.',
  'microphone-failed': ({ detail }) => `The microphone couldn’t be opened${inBrackets(detail)}. Press “Try again”.`,
  'microphone-muted':
    'The system has muted the microphone, so only silence is heard. Unmute it in your system settings or with its own switch; Earmark continues by itself.',
  'insecure-page': ({ wanted }) =>
    `Browsers ${wanted === 'clips' ? 'let only secure pages save clips' : 'give the microphone only to secure pages'}. Open Earmark over https, or as http://localhost on this computer.`,
  'unsupported-browser': 'This browser can’t pass live sound to a page. Use a recent Chrome, Edge, Firefox or Safari.',
  'unknown-backend': ({ asked, known }) =>
    `There is no backend ${quoted(asked)}, so Earmark chooses one. Use ?backend= with ${known.join(', ')}.`,
  'demo-missing': ({ detail }) =>
    `The demo couldn’t be loaded${inBrackets(detail)}. Check your connection, then try again.`,
  'audio-suspended': 'The browser paused audio, so nothing is heard. Press “Resume” to continue.',
  'model-missing': ({ model, file, detail }) =>
    `The model ${quoted(model)} couldn’t be loaded: its file ${file} is missing or can’t be reached${inBrackets(detail)}. Check your connection, then press “Restart”.`,
  'model-damaged': ({ model, file, ...cause }) =>
    `The model ${quoted(model)} can’t be used${file === undefined ? '' : `. Its file ${file} is damaged`}${because(cause)}. Press “Restart” to download it again.`,
  'no-backend': ({ forced, trials }) => {
    const all = trials.map((trial) => `${backendNames[trial.backend]}: ${backendResult(trial, { roomMs: 0 })}`);
    const advice = forced
      ? 'Choose another one under “Runs on”, or “Automatic”'
      : 'Update the browser or try another one';
    return `This browser can’t run the model (${all.join('; ')}). ${advice}, then press “Restart”.`;
  },
  'tagging-failed': ({ detail }) =>
    `Earmark stopped, because the model couldn’t be run${inBrackets(detail)}. Press “Restart”.`,
  'worker-died': ({ end, detail }) =>
    `The part of Earmark that analyses the sound has stopped${inBrackets([workerEnds[end], detail].filter(Boolean).join(': '))}. Press “Restart”.`,
  'backend-lost': ({ detail }) =>
    `The graphics card stopped working for Earmark${inBrackets(detail)}. Press “Restart”, or choose WASM under “Runs on” in Settings.`,
  'bad-message': (cause) =>
    `Two parts of Earmark don’t understand each other${because(cause)}. One of them may be outdated: reload the page.`,
  unexpected: ({ detail }) => `Something unexpected went wrong${inBrackets(detail)}. Press “Restart” to continue.`,
};
