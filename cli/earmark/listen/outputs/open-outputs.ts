import { homedir } from 'node:os';
import { join } from 'node:path';
import type { LoadedModel } from '../../../../src/model/engine/loaded-model';
import { UsageError } from '../../../command';
import { faultOfFolder } from '../../../output-place';
import { isFull, reasonOf } from '../../../system-reason';
import { takeLock } from '../../process-lock';
import type { NamedHead } from '../../tag/settings';
import { version } from '../../version';
import type { ListenCommand } from '../listen-arguments';
import { ClipFolder } from './clip-folder';
import { HEARD_FILE_VARIABLE, HeardFile } from './heard-file';
import { type DiscoveryParts, labelTopics } from './home-assistant';
import { JsonLinesOutput } from './json-lines';
import { MqttOutput } from './mqtt';
import type { Output, Say } from './output';
import { PrometheusOutput, type Queue } from './prometheus';
import { Spool } from './spool';
import { WebhookOutput } from './webhook';

/** How many events can wait. At one a second, that is the better part of three hours. */
const MOST_WAITING = 10_000;

/** What is told, and where clips go. */
export interface OpenedOutputs {
  readonly outputs: readonly Output[];
  readonly clips: ClipFolder | undefined;
}

/** Opens what the command wants to be told. @throws UsageError if a folder or a port cannot be had. */
export async function openOutputs(
  command: ListenCommand,
  head: NamedHead,
  { name: model, spec }: Pick<LoadedModel, 'name' | 'spec'>,
  say: Say,
): Promise<OpenedOutputs> {
  const { wantsLevels, wantsScores, node, prometheus, clips } = command;
  const folder = clips && new ClipFolder(clips.folder, clips.mostBytes, say);
  const senders = await openSenders(command, head, model, say);
  const outputs: Output[] = [new JsonLinesOutput({ head, wantsLevels, wantsScores }), ...senders.outputs];
  const heardFile = process.env[HEARD_FILE_VARIABLE];
  if (heardFile !== undefined) outputs.push(new HeardFile(heardFile, say));
  if (prometheus) {
    const hopSeconds = spec.hopSamples / spec.sampleRateHz;
    const { queues } = senders;
    outputs.push(
      await PrometheusOutput.open({ ...prometheus, version, model, node, hopSeconds, queues, nowMs: Date.now }),
    );
  }
  return { outputs, clips: folder };
}

/** Opens what sends events over the network. */
async function openSenders(
  command: ListenCommand,
  head: NamedHead,
  model: string,
  say: Say,
): Promise<{ outputs: Output[]; queues: Queue[] }> {
  const { node, mqttUrl, webhookUrl } = command;
  const outputs: Output[] = [];
  const queues: Queue[] = [];
  if (mqttUrl === undefined && webhookUrl === undefined) return { outputs, queues };
  const folder = join(spoolFolder(command), node);
  const inFolder = <T>(use: () => T): Promise<Awaited<T>> => whereEventsWait(folder, use);
  const fault = faultOfFolder(folder);
  // Whoever has filled the disk must not make the listener deaf: without a lock, events wait in memory.
  if (fault && isFull(fault)) say(`${folder} has no room for events that wait: the disk is full`);
  else outputs.push(await inFolder(() => (fault ? Promise.reject(fault) : lockOf(folder, node, say))));
  const spoolOf = async (name: string): Promise<Spool> => {
    const spool = await inFolder(() => new Spool(join(folder, name), MOST_WAITING));
    queues.push({
      name,
      get waiting() {
        return spool.waiting;
      },
      get dropped() {
        return spool.dropped;
      },
    });
    return spool;
  };
  if (mqttUrl !== undefined) {
    const discovery = discoveryParts(node, head, model);
    outputs.push(await MqttOutput.open({ url: mqttUrl, discovery, spool: await spoolOf('mqtt'), say }));
  }
  if (webhookUrl !== undefined) {
    const secret = process.env.EARMARK_WEBHOOK_SECRET;
    outputs.push(new WebhookOutput({ url: webhookUrl, secret, spool: await spoolOf('webhook'), say }));
  }
  return { outputs, queues };
}

function discoveryParts(node: string, head: NamedHead, model: string): DiscoveryParts {
  const topics = labelTopics(head.labels);
  const isWanted = (_: unknown, i: number): boolean => Number.isFinite(head.thresholds[i]?.on);
  return {
    node,
    model,
    version,
    labels: topics.filter(isWanted),
    otherLabels: topics.filter((topic, i) => !isWanted(topic, i)),
  };
}

/** Where events wait: as told, else where systemd or the system keeps such things. */
function spoolFolder({ spoolFolder }: ListenCommand): string {
  const { STATE_DIRECTORY, XDG_STATE_HOME } = process.env;
  return spoolFolder ?? STATE_DIRECTORY ?? join(XDG_STATE_HOME ?? join(homedir(), '.local/state'), 'earmark');
}

/** Uses the folder in which events wait. @throws UsageError if it cannot be used. */
async function whereEventsWait<T>(folder: string, use: () => T): Promise<Awaited<T>> {
  try {
    return await use();
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(
      `events cannot wait in ${folder} (${reasonOf(error as NodeJS.ErrnoException)}): name another folder with --spool`,
    );
  }
}

/** Keeps the spool for this process. @throws UsageError if another one has it. */
async function lockOf(folder: string, node: string, say: Say): Promise<Output> {
  const lock = await takeLock(join(folder, 'process'), {
    refusal: ({ pid, host }) =>
      new UsageError(`process ${pid} of ${host} already listens as “${node}”: give this one another name with --node`),
    onWait: ({ pid, host }, seconds) =>
      say(`waiting up to ${seconds} s: process ${pid} of ${host} already listens as “${node}”, or was killed`),
  });
  return { close: () => lock.release() };
}
