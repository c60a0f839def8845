import { defineErrors } from '@florin/app-response';

export const imageErrors = defineErrors({
  IMAGE_UNREADABLE: {
    status: 422,
    title: 'The file is no readable image',
    meaning: 'The file is no whole JPEG, PNG, WebP or AVIF image: it is of another type, damaged or truncated.',
    action: 'Send the image as JPEG, PNG, WebP or AVIF. Do not retry the same file.',
  },
  IMAGE_TYPE_MISMATCH: {
    status: 422,
    title: 'The file is of another type than its media type says',
    meaning: 'The bytes are an image of another type than `Content-Type`, or the media type of the data URL, says.',
    action: 'Send the media type of the file. `detail` names it.',
  },
  IMAGE_WITH_OTHER_CONTENT: {
    status: 422,
    title: 'The file is an image and something else',
    meaning: 'Besides the image, the file has an archive, a document or a script, which other programs could read.',
    action: 'Open the image in a program for pictures and save it anew.',
  },
  IMAGE_TOO_MANY_PIXELS: {
    status: 422,
    title: 'The image has too many pixels',
    meaning: 'Width times height exceeds the maximum. `detail` has the maximum.',
    action: 'Make the image smaller.',
  },
  IMAGE_TOO_COMPLEX: {
    status: 422,
    title: 'The image takes too long or too much memory to decode',
    meaning: 'Decoding the image exceeded its time or its memory, and was ended.',
    action: 'Make the image smaller, or save it as JPEG.',
  },
});
