import { AppError, requestErrors } from '@florin/app-response';
import { dataUrl } from '@florin/values';
import type { Request } from 'express';
import Joi from 'joi';
import { type MediaType, mediaTypes, type Purpose, purposes } from './image.ts';

/** Maximum number of bytes of an image. */
export const MAX_IMAGE_BYTES = 10 * 1024 * 1024;
/** Maximum number of bytes of the JSON with a data URL: base64 takes a third more. */
export const MAX_JSON_BYTES = 14 * 1024 * 1024;

const DATA_URL = /^data:(image\/(?:jpeg|png|webp|avif));base64,([A-Za-z0-9+/]*={0,2})$/;

export type UploadBody = Partial<{ purpose: Purpose; dataUrl: string }>;

const purpose = Joi.string().valid(...purposes);

export const uploadBody = Joi.object<UploadBody>({
  purpose: purpose.required(),
  dataUrl: dataUrl(mediaTypes, MAX_JSON_BYTES)
    .required()
    .description('The image as a data URL (RFC 2397) in base64, of at most 10 MiB of bytes'),
});

export const uploadQuery = Joi.object<{ purpose?: Purpose }>({
  purpose: purpose.description('Of an image that is sent as bytes. JSON has it in the body'),
});

export type Upload = { bytes: Buffer; mediaType: MediaType; purpose: Purpose };

type Sent = { bytes?: Buffer; body: UploadBody; query: { purpose?: Purpose }; request: Request };

/**
 * Reads an upload in either of its two forms.
 *
 * @throws AppError VALIDATION_FAILED without a purpose; PAYLOAD_TOO_LARGE; IMAGE_UNREADABLE is left to the decoder
 */
export function readUpload({ bytes, body, query, request }: Sent): Upload {
  if (bytes === undefined) return readDataUrl(body, query);
  if (query.purpose === undefined) throw invalid('purpose', `purpose is required: ${purposes.join(' or ')}`);
  return { bytes, mediaType: (request.is([...mediaTypes]) || 'image/jpeg') as MediaType, purpose: query.purpose };
}

function readDataUrl({ purpose: wanted = 'claim', dataUrl: sent = '' }: UploadBody, query: { purpose?: Purpose }): Upload {
  if (query.purpose !== undefined) throw invalid('purpose', 'purpose must be in the body, beside dataUrl');
  const [, mediaType, base64] = DATA_URL.exec(sent) ?? [];
  if (base64 === undefined) throw invalid('dataUrl', 'dataUrl must be base64 after the comma');
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length > MAX_IMAGE_BYTES)
    throw new AppError(requestErrors.PAYLOAD_TOO_LARGE, { detail: `The maximum is ${MAX_IMAGE_BYTES} bytes of the image.` });
  return { bytes, mediaType: mediaType as MediaType, purpose: wanted };
}

function invalid(path: string, message: string): AppError {
  return new AppError(requestErrors.VALIDATION_FAILED, { errors: [{ path, message }] });
}
