import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../../../command';
import { reasonOf } from '../../find/find-sounds';
import type { NamedHead } from '../../tag/settings';
import { version } from '../../version';
import type { ListenCommand } from '../listen-arguments';
import { type DiscoveryParts, labelTopics } from './home-assistant';
import { JsonLinesOutput } from './json-lines';
import { MqttOutput } from './mqtt';
import type { Output, Say } from './output';
import { Spool } from './spool';
import { WebhookOutput } from './webhook';

/** How many events can wait. At one a second, that is the better part of three hours. */
const MOST_WAITING = 10_000;

/** Opens what the command wants to be told. @throws UsageError if the spool cannot be used. */
export async function openOutputs(command: ListenCommand, head: NamedHead, model: string, say: Say): Promise<Output[]> {
  const { wantsLevels, wantsScores, node, mqttUrl, webhookUrl } = command;
  const outputs: Output[] = [new JsonLinesOutput({ head, wantsLevels, wantsScores })];
  if (mqttUrl === undefined && webhookUrl === undefined) return outputs;
  const folder = spoolFolder(command);
  outputs.push(lockOf(folder, node));
  const spool = (name: string): Spool => new Spool(join(folder, name), MOST_WAITING);
  if (mqttUrl !== undefined) {
    const discovery = discoveryParts(node, head, model);
    outputs.push(await MqttOutput.open({ url: mqttUrl, discovery, spool: spool('mqtt'), say }));
  }
  if (webhookUrl !== undefined) {
    const secret = process.env.EARMARK_WEBHOOK_SECRET;
    outputs.push(new WebhookOutput({ url: webhookUrl, secret, spool: spool('webhook'), say }));
  }
  return outputs;
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
function spoolFolder({ spoolFolder, node }: ListenCommand): string {
  const { STATE_DIRECTORY, XDG_STATE_HOME } = process.env;
  const usual = STATE_DIRECTORY ?? join(XDG_STATE_HOME ?? join(homedir(), '.local/state'), 'earmark');
  const folder = join(spoolFolder ?? usual, node);
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new UsageError(
      `events cannot wait in ${folder} (${reasonOf(error as NodeJS.ErrnoException)}): name another folder with --spool`,
    );
  }
  return folder;
}

/** Keeps the spool for this process. @throws UsageError if another one has it. */
function lockOf(folder: string, node: string): Output {
  const path = join(folder, 'process');
  const holder = holderOf(path);
  if (holder !== undefined) {
    throw new UsageError(`process ${holder} already listens as “${node}”: give this one another name with --node`);
  }
  rmSync(path, { force: true });
  const file = openSync(path, 'wx');
  writeSync(file, String(process.pid));
  closeSync(file);
  return {
    async close() {
      rmSync(path, { force: true });
    },
  };
}

/** The living process that a lock names. */
function holderOf(path: string): number | undefined {
  try {
    const holder = Number(readFileSync(path, 'utf8'));
    // In a container, the process before had the same number.
    if (!(holder > 0) || holder === process.pid) return undefined;
    process.kill(holder, 0);
    return holder;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? Number(readFileSync(path, 'utf8')) : undefined;
  }
}
