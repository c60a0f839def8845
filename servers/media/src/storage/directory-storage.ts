import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { folderOf, folderOfPart, type ImageStorage, type StoredImage } from './image-storage.ts';

/** Begins the name of a file that is being written. */
const UNFINISHED = '.';
/** Milliseconds after which an unfinished file counts as left by a process that died. */
const ABANDONED_MS = 3_600_000;

/** Keeps the files of images in a directory, which is created when it is first needed. */
export function openDirectoryStorage(directory: string): ImageStorage {
  const folder = (imageId: string): string => join(directory, folderOf(imageId));
  return {
    async put(imageId, name, bytes) {
      await mkdir(folder(imageId), { recursive: true });
      const unfinished = join(folder(imageId), `${UNFINISHED}${randomUUID()}`);
      try {
        await writeDurably(unfinished, bytes);
        await rename(unfinished, join(folder(imageId), name));
        // The names are durable too: of the file, of its folder, and of that one's.
        for (const path of [folder(imageId), dirname(folder(imageId)), directory]) await syncFolder(path);
      } catch (error) {
        await rm(unfinished, { force: true });
        throw error;
      }
    },
    get: async (imageId, name) => orMissing(readFile(join(folder(imageId), name)), undefined),
    has: async (imageId, name) => (await changedAt(join(folder(imageId), name))) !== undefined,
    deleteImage: (imageId) => rm(folder(imageId), { recursive: true, force: true }),
    async *listPart(part) {
      const parent = join(directory, folderOfPart(part));
      for (const imageId of await orMissing(readdir(parent), [])) {
        const image = await readImage(join(parent, imageId), imageId);
        if (image !== undefined) yield image;
      }
    },
    close() {},
  };
}

/** A file that has its name after a crash of the machine has its bytes too. */
async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function readImage(path: string, imageId: string): Promise<StoredImage | undefined> {
  const names = await orMissing(readdir(path), undefined);
  if (names === undefined) return undefined;
  const files = await Promise.all(names.map(async (name) => ({ name, at: await changedAt(join(path, name)) })));
  for (const { name, at } of files)
    if (name.startsWith(UNFINISHED) && at !== undefined && at < Date.now() - ABANDONED_MS)
      await rm(join(path, name), { force: true });
  const newest = Math.max((await changedAt(path)) ?? 0, ...files.map(({ at = 0 }) => at));
  return { imageId, changedAt: new Date(newest) };
}

async function changedAt(path: string): Promise<number | undefined> {
  return (await orMissing(stat(path), undefined))?.mtimeMs;
}

/** A file or folder that is missing, or that another instance has just deleted. */
async function orMissing<T, M>(found: Promise<T>, missing: M): Promise<T | M> {
  try {
    return await found;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return missing;
    throw error;
  }
}
