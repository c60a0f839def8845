import { expect } from 'chai';
import sharp from 'sharp';
import { chooseFormat } from '../src/images/choose-format.ts';
import { hasOtherContent, recogniseImage } from '../src/images/recognise-image.ts';

const picture = () => sharp({ create: { width: 40, height: 30, channels: 3, background: '#a33' } });

describe('image files', () => {
  for (const format of ['jpeg', 'png', 'webp', 'avif'] as const)
    it(`are recognised as ${format} by their bytes, and have nothing else`, async () => {
      const bytes = await picture().toFormat(format).toBuffer();
      expect([recogniseImage(bytes), hasOtherContent(bytes)]).to.deep.equal([format, false]);
    });

  const strangers: Record<string, Buffer> = {
    'no bytes': Buffer.alloc(0),
    text: Buffer.from('hello'),
    SVG: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    GIF: Buffer.from('GIF89a\x01\x00\x01\x00'),
    HEIC: Buffer.from('\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic', 'latin1'),
    'a RIFF file that is no WebP': Buffer.from('RIFF\x24\x00\x00\x00WAVEfmt ', 'latin1'),
    'a box without an end': Buffer.from('\xff\xff\xff\xffftyp', 'latin1'),
  };
  for (const [name, bytes] of Object.entries(strangers))
    it(`are not recognised: ${name}`, () => expect(recogniseImage(bytes)).to.equal(undefined));

  const additions: Record<string, [added: string, isRefused: boolean]> = {
    'a page behind it': ['<!doctype html><title>x</title>', true],
    'a script behind it': ['<SCRIPT>alert(1)</SCRIPT>', true],
    'a PDF behind it': ['%PDF-1.7\n', true],
    'an archive behind it': [`PK\x05\x06${'\0'.repeat(18)}`, true],
    'a program of PHP behind it': ['<?php system("id"); ?>', true],
    'the preview of a camera behind it': ['\xff\xd8\xff\xe0 MPF \x00\x00\x00\x18ftypmp42', false],
    'zeros behind it': ['\0\0\0\0', false],
  };
  for (const [name, [added, isRefused]] of Object.entries(additions))
    it(`with ${name} ${isRefused ? 'are two files' : 'are one file'}`, async () => {
      const bytes = Buffer.concat([await picture().jpeg().toBuffer(), Buffer.from(added, 'latin1')]);
      expect(hasOtherContent(bytes)).to.equal(isRefused);
    });
});

describe('the format of an answer', () => {
  const cases: [accept: string | undefined, format: string][] = [
    ['image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8', 'avif'],
    ['image/webp,image/png,*/*;q=0.5', 'webp'],
    ['image/avif;q=0.5, image/webp', 'webp'],
    ['image/avif;q=0, image/webp;q=0', 'jpeg'],
    ['IMAGE/AVIF', 'avif'],
    ['image/jpeg, image/avif;q=0.9', 'jpeg'],
    ['*/*', 'jpeg'],
    ['image/*', 'jpeg'],
    ['text/html', 'jpeg'],
    ['image/avif;q=x', 'jpeg'],
    ['', 'jpeg'],
    [undefined, 'jpeg'],
  ];
  for (const [accept, format] of cases)
    it(`is ${format} for ${accept ?? 'no Accept'}`, () => expect(chooseFormat(accept)).to.equal(format));
});
