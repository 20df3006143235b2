import type { AudioSample, InputAudioTrack } from 'mediabunny';
import type { ByteSource } from '../bytes';
import { firstOf, piecesOf } from '../packet-decoder';
import { SoundError } from '../sound-error';
import type { SoundFile, SoundPiece } from '../sound-file';
import { discardedSeconds, withWholeClusters } from './matroska-end';
import { type Edit, type Mp4Facts, readMp4Facts } from './mp4-facts';
import { HeardRanges } from './ranges';
import { codecName, foreignCodec, type TrackCodec, trackCodec } from './track-codec';

/** Packets decoded at once: about a second. */
const BATCH_PACKETS = 40;
/** Sound that decoders need before a place to be right there. */
const PREROLL_SECONDS = 0.5;

/** Consecutive samples of the media. */
interface Stretch {
  readonly channels: readonly Float32Array[];
  readonly position: number;
  /** Samples in each packet; 1 if they differ, or packets have no meaning. */
  readonly packetFrames: number;
}

/** The opened track, and what decodes it. */
interface Track {
  readonly audio: InputAudioTrack;
  readonly codec: string;
  /** Undefined if the library decodes it: PCM by itself, the rest by the browser's WebCodecs. */
  readonly own: TrackCodec | undefined;
  readonly channels: number;
  readonly sampleRateHz: number;
  /** Samples at the end of the media that are only filling. */
  readonly discarded: number;
}

/** The sound of an MP4, QuickTime, Matroska, WebM, ADTS or MPEG-TS file. */
export class ContainerSound implements SoundFile {
  readonly container: string;
  readonly codec: string;
  readonly bitsPerSample: number | undefined;
  readonly channels: number;
  readonly sampleRateHz: number;
  readonly decoder: string;
  readonly startTime = undefined;
  readonly claimedSeconds: number | undefined;
  readonly #track: Track;
  readonly #edits: readonly Edit[];
  readonly #preSkip: number;

  private constructor(container: string, track: Track, edits: readonly Edit[], claimedSeconds: number | undefined) {
    const { codec, own } = track;
    this.container = container;
    this.codec = codecName(codec);
    this.bitsPerSample = own?.bitsPerSample ?? pcmBits(codec);
    this.channels = track.channels;
    this.sampleRateHz = track.sampleRateHz;
    this.decoder = own?.decoderName ?? (isPcm(codec) ? 'mediabunny' : 'WebCodecs');
    this.claimedSeconds = claimedSeconds;
    this.#track = track;
    this.#edits = edits;
    this.#preSkip = own?.preSkip ?? 0;
  }

  /** Opens the first track of sound. @throws SoundError if there is none, or nothing here decodes it. */
  static async open(given: ByteSource): Promise<ContainerSound> {
    const source = await withWholeClusters(given);
    const { ADTS, CustomSource, Input, Logging, LogLevel, MATROSKA, MP4, MPEG_TS, QTFF, WEBM } = await import(
      'mediabunny'
    );
    Logging.level = LogLevel.Silent;
    const input = new Input({
      formats: [MP4, QTFF, MATROSKA, WEBM, ADTS, MPEG_TS],
      source: new CustomSource({
        getSize: () => source.size,
        read: (start, end) => source.read(start, end),
        prefetchProfile: 'fileSystem',
      }),
    });
    try {
      const format = await input.getFormat();
      const isMp4 = format === MP4 || format === QTFF;
      const facts = isMp4 ? await readMp4Facts(source) : undefined;
      if (facts) refuse(facts);
      const audio = await input.getPrimaryAudioTrack();
      if (!audio && (await input.getTracks()).length > 0) throw new SoundError('no-sound-track');
      // An MP4 file that lists a track of sound is not cut off, but its list is damaged.
      if (!audio) throw new SoundError(facts ? 'undecodable' : 'cut-off');
      const discarded = format === MATROSKA || format === WEBM ? await discardedSeconds(given) : 0;
      const track = await openTrack(audio, facts, discarded);
      const seconds = await audio.getDurationFromMetadata({}).catch(() => null);
      return new ContainerSound(containerName(format.name, facts), track, facts?.edits ?? [], seconds ?? undefined);
    } catch (cause) {
      if (cause instanceof SoundError) throw cause;
      throw new SoundError('undecodable', (cause as Error).message, { cause });
    }
  }

  async *readPieces(startSeconds = 0): AsyncGenerator<SoundPiece> {
    const ranges = new HeardRanges(this.#edits, this.#preSkip, this.sampleRateHz, startSeconds);
    const fromSeconds = Math.max(0, ranges.start / this.sampleRateHz - PREROLL_SECONDS);
    const stretches = withoutEnd(this.#decoded(startSeconds > 0 ? fromSeconds : 0), this.#track.discarded);
    for await (const { channels, position, packetFrames } of stretches) {
      if (position >= ranges.end + packetFrames) return;
      for (const heard of ranges.heard(channels, position, packetFrames)) yield* piecesOf(heard, this.channels);
    }
  }

  #decoded(fromSeconds: number): AsyncGenerator<Stretch> {
    return this.#track.own ? this.#byOwnDecoder(this.#track.own, fromSeconds) : this.#byLibrary(fromSeconds);
  }

  async *#byOwnDecoder(own: TrackCodec, fromSeconds: number): AsyncGenerator<Stretch> {
    const { EncodedPacketSink } = await import('mediabunny');
    const sink = new EncodedPacketSink(this.#track.audio);
    const first = await sink.getFirstPacket();
    if (!first) return;
    const start = fromSeconds > 0 ? ((await sink.getPacket(first.timestamp + fromSeconds)) ?? first) : first;
    let position = Math.round((start.timestamp - first.timestamp) * this.sampleRateHz);
    let packetFrames: number | undefined;
    const decoder = await own.decoder();
    const stretchOf = (channels: readonly Float32Array[], packets: number): Stretch => {
      const length = channels[0]?.length ?? 0;
      if (packetFrames === undefined && packets > 0) {
        packetFrames = length > 0 && length % packets === 0 ? length / packets : 1;
        // Matroska has times in milliseconds; packets of one length tell the sample.
        position = packetFrames * Math.round(position / packetFrames);
      }
      position += length;
      return { channels, position: position - length, packetFrames: packetFrames ?? 1 };
    };
    try {
      let batch: Uint8Array[] = [];
      for await (const packet of sink.packets(start)) {
        batch.push(packet.data);
        if (batch.length < BATCH_PACKETS) continue;
        yield stretchOf(decoder.decode(batch), batch.length);
        batch = [];
      }
      yield stretchOf(decoder.decode(batch), batch.length);
      if (decoder.end) yield stretchOf(decoder.end(), 0);
    } finally {
      decoder.free();
    }
  }

  async *#byLibrary(fromSeconds: number): AsyncGenerator<Stretch> {
    const { AudioSampleSink, EncodedPacketSink } = await import('mediabunny');
    const first = await new EncodedPacketSink(this.#track.audio).getFirstPacket({ metadataOnly: true });
    if (!first) return;
    const sink = new AudioSampleSink(this.#track.audio);
    let position: number | undefined;
    for await (const sample of sink.samples(fromSeconds > 0 ? first.timestamp + fromSeconds : undefined)) {
      position ??= Math.round((sample.timestamp - first.timestamp) * this.sampleRateHz);
      const channels = channelsOf(sample);
      const length = channels[0]?.length ?? 0;
      yield { channels, position, packetFrames: isPcm(this.#track.codec) ? 1 : length };
      position += length;
    }
  }
}

/** Leaves out the last samples of a media. */
async function* withoutEnd(stretches: AsyncGenerator<Stretch>, frames: number): AsyncGenerator<Stretch> {
  const held: Stretch[] = [];
  const lengthOf = ({ channels }: Stretch): number => channels[0]?.length ?? 0;
  let heldFrames = 0;
  for await (const stretch of stretches) {
    held.push(frames > 0 ? { ...stretch, channels: stretch.channels.map((channel) => channel.slice()) } : stretch);
    heldFrames += lengthOf(stretch);
    while (heldFrames - lengthOf(held[0] as Stretch) >= frames) {
      const oldest = held.shift() as Stretch;
      heldFrames -= lengthOf(oldest);
      yield oldest;
      if (held.length === 0) break;
    }
  }
  for (const stretch of held) {
    heldFrames -= lengthOf(stretch);
    const kept = Math.max(0, Math.min(lengthOf(stretch), lengthOf(stretch) + heldFrames - frames));
    yield { ...stretch, channels: firstOf(stretch.channels, kept) };
  }
}

/** @throws SoundError for copy protection, a video without sound, and a file that lacks what says what is in it. */
function refuse({ format, hasTracks }: Mp4Facts): void {
  if (!hasTracks) throw new SoundError('cut-off');
  if (format === undefined) throw new SoundError('no-sound-track');
  if (/^(enca|drms|drmi|aavd)$/.test(format)) throw new SoundError('protected');
}

async function openTrack(
  audio: InputAudioTrack,
  facts: Mp4Facts | undefined,
  discardedSeconds: number,
): Promise<Track> {
  const codec = await audio.getCodec();
  if (!codec) {
    const foreign = facts && foreignCodec(facts);
    if (!foreign) throw new SoundError('unknown-codec', facts?.format?.trim() ?? (await foreignName(audio)));
    const { name, channels, sampleRateHz } = foreign;
    return { audio, codec: name, own: foreign, channels, sampleRateHz, discarded: 0 };
  }
  const config = await audio.getDecoderConfig();
  const description = config?.description ? bytesOf(config.description) : new Uint8Array();
  const own = trackCodec(codec, description, config?.numberOfChannels ?? 1);
  if (own) {
    const { numberOfChannels: channels = 1, sampleRate: sampleRateHz = 0 } = config ?? {};
    return { audio, codec, own, channels, sampleRateHz, discarded: Math.round(discardedSeconds * sampleRateHz) };
  }
  if (!(await audio.canDecode())) throw new SoundError('unknown-codec', codecName(codec));
  // The header of AAC can name half the rate, and one channel of two: the first samples tell.
  const { AudioSampleSink } = await import('mediabunny');
  const { value: sample } = await new AudioSampleSink(audio).samples().next();
  if (!sample) throw new SoundError('silent');
  const { numberOfChannels: channels, sampleRate: sampleRateHz } = sample;
  sample.close();
  return { audio, codec, own, channels, sampleRateHz, discarded: Math.round(discardedSeconds * sampleRateHz) };
}

async function foreignName(audio: InputAudioTrack): Promise<string> {
  const id = await audio.getInternalCodecId();
  return typeof id === 'string' ? id : '';
}

function channelsOf(sample: AudioSample): Float32Array[] {
  const channels = Array.from({ length: sample.numberOfChannels }, (_, planeIndex) => {
    const samples = new Float32Array(sample.numberOfFrames);
    sample.copyTo(samples, { planeIndex, format: 'f32-planar' });
    return samples;
  });
  sample.close();
  return channels;
}

function bytesOf(source: AllowSharedBufferSource): Uint8Array {
  return ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);
}

function isPcm(codec: string): boolean {
  return /^pcm-|^[au]law$/.test(codec);
}

function pcmBits(codec: string): number | undefined {
  const bits = /^pcm-[usf](\d+)/.exec(codec)?.[1];
  return bits === undefined ? undefined : Number(bits);
}

function containerName(format: string, facts: Mp4Facts | undefined): string {
  if (facts?.brand.startsWith('3g')) return '3GP';
  if (facts) return facts.brand.startsWith('qt') || facts.brand === '' ? 'QuickTime' : 'MP4';
  return format === 'MPEG Transport Stream' ? 'MPEG-TS' : format;
}
