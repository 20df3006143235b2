/** Measures how fast recordings are tagged. Usage: `npm run bench:tag -- --help`. */
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startCommand } from '../cli/command';
import { modelFolder } from '../cli/networks/model-path';
import { requireWritableFile } from '../cli/output-place';
import { type FeatureSpec, windowSamples } from '../src/shared/contracts/model/feature-spec';
import { SHIPPED_MODEL } from '../src/shared/contracts/model/shipped-model';
import { seededRandom } from '../src/shared/lib/math/random';
import { encodeWav } from '../test/unit/support/wav';

const usage = `usage: npm run bench:tag -- [--minutes 10] [--jobs 1,2] [--windows 1]
                              [--model earmark-120] [--json OUT]

Tags recordings of so many minutes with the package that \`npm run pack\` made: WAV, and FLAC if ffmpeg is installed, of
two channels at 44.1 kHz and of one at 48 kHz, with so many windows a second. Each job gets a recording of its own. Prints, for each number of jobs,
seconds of sound per second, per second of processor time without the start-up, and the most memory.`;

startCommand(usage);
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    jobs: { type: 'string', default: '1,2' },
    windows: { type: 'string', default: '1' },
    model: { type: 'string', default: SHIPPED_MODEL },
    json: { type: 'string' },
  },
});
requireWritableFile(values.json);
const seconds = 60 * Number(values.minutes);
const spec = JSON.parse(readFileSync(join(modelFolder(values.model), 'features.json'), 'utf8')) as FeatureSpec;
const overlapSeconds = windowSamples(spec) / spec.sampleRateHz - 1 / Number(values.windows);

interface Usage {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
}

/** Runs in the measured process: its threads count, too. */
const report = `import { existsSync, readFileSync } from 'node:fs';
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  // On Linux, a process inherits the resource usage's maximum from the one that started it.
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '';
  const peak = Number(/VmHWM:\\s*(\\d+)/.exec(status)?.[1] ?? maxRSS);
  process.stderr.write(JSON.stringify([(userCPUTime + systemCPUTime) / 1e6, peak / 1e3]));
});`;

function tag(files: readonly string[], jobs: number): Promise<Usage> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const command = join(import.meta.dirname, '../dist-cli/earmark.mjs');
    const args = ['--import', `data:text/javascript,${encodeURIComponent(report)}`, command, 'tag', ...files];
    const options = ['--jobs', String(jobs), '--overlap', String(overlapSeconds), '--model', values.model];
    const child = spawn(process.execPath, [...args, ...options], { stdio: ['ignore', 'ignore', 'pipe'] });
    let stderr = '';
    child.stderr.on('data', (data) => {
      stderr += data;
    });
    child.on('close', (status) => {
      if (status !== 0) return reject(new Error(stderr));
      // Each thread reports when it ends, and the process last.
      const [cpuSeconds, peakMegabytes] = JSON.parse(stderr.slice(stderr.lastIndexOf('['))) as [number, number];
      resolve({ wallSeconds: (performance.now() - start) / 1000, cpuSeconds, peakMegabytes });
    });
  });
}

/** Noise whose level changes, as in a room where something happens now and then. */
function recording(rateHz: number, channels: number, length: number): Buffer {
  const random = seededRandom(3);
  const one = (): Float32Array =>
    Float32Array.from(
      { length: length * rateHz },
      (_, i) => 0.2 * Math.sin(i / (7 * rateHz)) ** 4 * (2 * random() - 1),
    );
  return encodeWav(Array.from({ length: channels }, one), rateHz, 's16');
}

const folder = mkdtempSync(join(tmpdir(), 'earmark-speed-'));
try {
  const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;
  if (!hasFfmpeg) console.error('FLAC is left out: ffmpeg is not installed');
  writeFileSync(join(folder, 'short.wav'), recording(32_000, 1, 1));
  const startUp = await tag([join(folder, 'short.wav')], 1);
  console.log(
    `${cpus()[0]?.model}, ${cpus().length} cores, ${seconds} s per recording, ${values.model}, windows a second: ${values.windows}`,
  );
  console.log('recording            jobs   × real time   × per core   peak MB   load');
  const rows: object[] = [];
  for (const [rateHz, channels] of [
    [44_100, 2],
    [48_000, 1],
  ] as const) {
    for (const format of hasFfmpeg ? ['wav', 'flac'] : ['wav']) {
      const wav = join(folder, `${rateHz}.wav`);
      writeFileSync(wav, recording(rateHz, channels, seconds));
      const path = join(folder, `${rateHz}.${format}`);
      if (format !== 'wav') spawnSync('ffmpeg', ['-v', 'error', '-y', '-i', wav, path]);
      for (const jobs of values.jobs.split(',').map(Number)) {
        const files = Array.from({ length: jobs }, (_, i) => join(folder, `${rateHz}-${i}.${format}`));
        for (const file of files) copyFileSync(path, file);
        const { wallSeconds, cpuSeconds, peakMegabytes } = await tag(files, jobs);
        const perCore = (jobs * seconds) / (cpuSeconds - startUp.cpuSeconds);
        const name = `${format} ${rateHz / 1000} kHz × ${channels}`;
        const speed = (jobs * seconds) / wallSeconds;
        const load = loadavg()[0] as number;
        rows.push({ load, name, jobs, speed, perCore, peakMegabytes });
        console.log(
          `${name.padEnd(19)}${String(jobs).padStart(6)}${speed.toFixed(0).padStart(14)}${perCore.toFixed(0).padStart(13)}${peakMegabytes.toFixed(0).padStart(10)}${load.toFixed(1).padStart(7)}`,
        );
      }
    }
  }
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(rows, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
