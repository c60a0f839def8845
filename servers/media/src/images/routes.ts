import { AppError, requestErrors } from '@florin/app-response';
import { type AuthenticatedUser, isStaff } from '@florin/auth-middleware';
import { createRateLimit, type Endpoint, endpoint, exampleValues, type RateLimit, type Reply, reply } from '@florin/http';
import { id } from '@florin/values';
import type { Request, Response } from 'express';
import Joi from 'joi';
import type { Knex } from 'knex';
import { type AddOptions, addImage } from './add-image.ts';
import { chooseFormat } from './choose-format.ts';
import { imageErrors } from './errors.ts';
import { findImage, type Image, imageDataSchema, imageSchema, mediaTypes, type Purpose, showImage } from './image.ts';
import { type ImageSize, type ImageSizes, nameOf, pixelsOf, type Width, widths } from './image-sizes.ts';
import { MAX_IMAGE_BYTES, MAX_JSON_BYTES, readUpload, uploadBody, uploadQuery } from './read-upload.ts';

type ImageQuery = { width?: Width; format: 'bytes' | 'dataUrl' };

const imageQuery = Joi.object<ImageQuery>({
  width: Joi.number()
    .valid(...widths)
    .description('In pixels; a smaller image keeps its own width. Default: the width of the image'),
  format: Joi.string()
    .valid('bytes', 'dataUrl')
    .default('bytes')
    .description('dataUrl: JSON with the image as a data URL, for pages that need a token to read it'),
});

/** A browser may keep a product image for a year: its bytes never change. */
const IMMUTABLE = 'public, max-age=31536000, immutable';
const PRIVATE = 'private, no-store';
const EXAMPLE_PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

export type ImageRouteOptions = AddOptions & { sizes: ImageSizes; uploadsMax: number; uploadsPerMinute: number };

/** The endpoints of images. */
export function imageRoutes(options: ImageRouteOptions): Endpoint[] {
  const { db, sizes, uploadsMax, uploadsPerMinute } = options;
  const uploads =
    uploadsPerMinute === 0 ? undefined : createRateLimit({ name: 'uploads', points: uploadsPerMinute, durationS: 60 });

  const upload = endpoint({
    operationId: 'uploadImage',
    method: 'post',
    path: '/v1/images',
    summary: 'Upload an image: of a product for staff, of a claim for buyers',
    description:
      'Send JSON with a data URL, or the bytes of the image with its media type and `purpose` as a query parameter. The image is turned upright, its metadata is removed, and its longest edge becomes at most 2560 pixels. Images of products are public; those of claims are for their owner and staff, and are deleted when the owner is erased',
    access: 'user',
    shedLoad: boundUploads(uploadsMax),
    query: uploadQuery,
    body: uploadBody,
    maxBodyBytes: MAX_JSON_BYTES,
    isFlatBody: true,
    binaryBody: { types: mediaTypes, maxBytes: MAX_IMAGE_BYTES },
    errors: [requestErrors.FORBIDDEN, ...Object.values(imageErrors)],
    example: { body: { purpose: 'claim', dataUrl: EXAMPLE_PIXEL } },
    answers: {
      201: { description: 'The image as it is stored', data: imageSchema, headers: ['Location'] },
      200: { description: 'You have uploaded the same bytes before', data: imageSchema, headers: ['Location'] },
    },
    async handle({ user, ...sent }) {
      const read = readUpload(sent);
      requireRight(user, read.purpose);
      const headers = await takeUpload(uploads, user);
      const { image, isNew } = await addImage({ ...read, ownerId: user.id }, options);
      return reply(isNew ? 201 : 200, showImage(image), { ...headers, Location: `/v1/images/${image.id}` });
    },
  });

  const read = endpoint({
    operationId: 'getImage',
    method: 'get',
    path: '/v1/images/:id',
    summary: 'Read an image, in the best format that Accept names: AVIF, WebP or JPEG',
    description:
      'Images of products need no token. Images of claims are for their owner and staff. A header that names none of the formats gets JPEG',
    access: 'anyone',
    params: Joi.object<{ id: string }, true>({ id: id().required() }),
    query: imageQuery,
    headers: {
      'If-None-Match': {
        description: 'The `ETag` of a stored answer. If it is that of the image, the answer is 304 without a body',
      },
    },
    example: { params: { id: exampleValues.imageId }, query: { width: 320 } },
    answers: {
      200: {
        description: 'The image',
        data: imageDataSchema,
        contentTypes: ['image/avif', 'image/webp', 'image/jpeg'],
        headers: ['ETag'],
      },
      304: { description: 'The stored answer is still right', headers: ['ETag'] },
    },
    async handle({ params, query, user, request }) {
      const image = await readImage(db, params.id, user);
      request.res?.vary('Accept');
      const size: ImageSize = { format: chooseFormat(request.get('accept')), width: query.width };
      const headers = headersOf(image, `"${image.id}-${nameOf(image, size)}${query.format === 'dataUrl' ? '-json' : ''}"`);
      if (isKnown(request, headers.ETag)) return { status: 304, headers };
      return answerWith(image, size, { bytes: await sizes.get(image, size), headers, format: query.format });
    },
  });

  return [upload, read];
}

/** Counts the uploads under way, before anything of them is read. */
function boundUploads(max: number): (response: Response) => void {
  let underWay = 0;
  return (response) => {
    if (underWay >= max)
      throw new AppError(requestErrors.UNAVAILABLE, {
        detail: 'Too many uploads are under way.',
        headers: { 'Retry-After': '1' },
      });
    underWay++;
    response.once('close', () => underWay--);
  };
}

function requireRight(user: AuthenticatedUser, purpose: Purpose): void {
  if (purpose === 'product' && !isStaff(user))
    throw new AppError(requestErrors.FORBIDDEN, { detail: 'Images of products are for staff. Buyers upload purpose claim.' });
}

function takeUpload(limit: RateLimit | undefined, { id: userId }: AuthenticatedUser): Promise<Record<string, string>> {
  return limit === undefined ? Promise.resolve({}) : limit.take(userId);
}

/** @throws AppError NOT_FOUND, also for the claim photo of another user */
async function readImage(db: Knex, imageId: string, user: AuthenticatedUser | undefined): Promise<Image> {
  const image = await findImage(db, imageId);
  const mayRead = image?.purpose === 'product' || isStaff(user) || image?.ownerId === user?.id;
  if (image === undefined || !mayRead) throw new AppError(requestErrors.NOT_FOUND, { detail: `There is no image ${imageId}.` });
  return image;
}

function headersOf({ purpose }: Image, etag: string) {
  return purpose === 'product'
    ? { ETag: etag, 'Cache-Control': IMMUTABLE, 'Cross-Origin-Resource-Policy': 'cross-origin' }
    : { ETag: etag, 'Cache-Control': PRIVATE };
}

function isKnown(request: Request, etag: string): boolean {
  const known = (request.get('if-none-match') ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''));
  return known.includes(etag) || known.includes('*');
}

type AnswerOptions = { bytes: Buffer; headers: Readonly<Record<string, string>>; format: ImageQuery['format'] };

function answerWith(image: Image, size: ImageSize, { bytes, headers, format }: AnswerOptions): Reply {
  const mediaType = `image/${size.format}`;
  if (format === 'bytes') return { status: 200, bytes, headers: { ...headers, 'Content-Type': mediaType } };
  const dataUrl = `data:${mediaType};base64,${bytes.toString('base64')}`;
  return reply(200, { id: image.id, ...pixelsOf(image, size), mediaType, bytes: bytes.length, dataUrl }, headers);
}
