/**
 * The process that decodes images: libvips works on bytes of strangers here, apart from the service, its secrets and its event loop.
 * The service starts it, sends one task at a time, and ends it if a task takes too long. It imports nothing else of the service.
 */
import sharp, { type Sharp } from 'sharp';
import { EXIT_MEMORY } from './exit-memory.ts';

export type Format = 'jpeg' | 'png' | 'webp' | 'avif';

export type DecodeTask =
  /** Turns the image upright, drops its metadata, and fits it into `maxEdge`. It stays in its format. */
  | { kind: 'clean'; format: Format; maxEdge: number }
  /** Makes a size of a clean image; without `width` its own. */
  | { kind: 'derive'; format: Exclude<Format, 'png'>; width?: number };

export type Decoded = { bytes: Uint8Array; width: number; height: number };

export type DecoderSettings = { maxPixels: number; maxMb: number };
export type DecoderRequest = { id: number; bytes: Uint8Array; task: DecodeTask };
export type DecoderReply = { id: number } & ({ decoded: Decoded } | { fault: 'too-many-pixels' | 'unreadable' });

const MEMORY_CHECK_MS = 50;
/** What libvips may decode. SVG, GIF, TIFF and everything else is refused by libvips itself. */
const LOADERS = ['Jpeg', 'Png', 'Webp', 'Heif'].map((name) => `VipsForeignLoad${name}Buffer`);
/** AVIF at a higher effort takes several times longer for some percent of the size. */
const AVIF_EFFORT = 2;
const ON_WHITE = { background: '#ffffff' };

const encoders: Record<DecodeTask['kind'], Record<Format, (image: Sharp) => Sharp>> = {
  clean: {
    jpeg: (image) => image.jpeg({ quality: 90 }),
    png: (image) => image.png({ compressionLevel: 6 }),
    webp: (image) => image.webp({ quality: 90, effort: 2 }),
    avif: (image) => image.avif({ quality: 65, effort: AVIF_EFFORT }),
  },
  derive: {
    jpeg: (image) => image.flatten(ON_WHITE).jpeg({ quality: 80, mozjpeg: true }),
    png: (image) => image.png(),
    webp: (image) => image.webp({ quality: 78, effort: 4 }),
    avif: (image) => image.avif({ quality: 50, effort: AVIF_EFFORT }),
  },
};

if (process.send !== undefined) serve(JSON.parse(process.argv[2] ?? '{}') as DecoderSettings);

function serve({ maxPixels, maxMb }: DecoderSettings): void {
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: LOADERS });
  sharp.concurrency(1);
  sharp.cache(false);
  // libvips works in a thread of its own, so that this timer runs meanwhile.
  setInterval(() => {
    if (process.memoryUsage.rss() > maxMb * 1_000_000) process.exit(EXIT_MEMORY);
  }, MEMORY_CHECK_MS);
  process.on('disconnect', () => process.exit());
  process.on('message', ({ id, bytes, task }: DecoderRequest) => {
    void decode(bytes, task, maxPixels).then((result) => process.send?.({ id, ...result } satisfies DecoderReply));
  });
}

async function decode(
  bytes: Uint8Array,
  task: DecodeTask,
  maxPixels: number,
): Promise<{ decoded: Decoded } | { fault: 'too-many-pixels' | 'unreadable' }> {
  try {
    const source = sharp(bytes, { limitInputPixels: maxPixels, failOn: 'error' });
    const upright = source.autoOrient().resize({ ...sizeOf(task), fit: 'inside', withoutEnlargement: true });
    const { data, info } = await encoders[task.kind][task.format](upright.toColourspace('srgb')).toBuffer({
      resolveWithObject: true,
    });
    return { decoded: { bytes: data, width: info.width, height: info.height } };
  } catch (error) {
    return { fault: /pixel limit/i.test(String(error)) ? 'too-many-pixels' : 'unreadable' };
  }
}

function sizeOf(task: DecodeTask): { width?: number; height?: number } {
  if (task.kind === 'clean') return { width: task.maxEdge, height: task.maxEdge };
  return task.width === undefined ? {} : { width: task.width };
}
