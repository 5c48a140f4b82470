import { defineMessages } from './i18n.ts';

/** What both entrances may be answered, the customers' and the staff's: files and the customer's word. */
export const customerRefusals = defineMessages(
  {
    'evaluation.already': '评价已经收到过了，以第一次为准。',
    'evaluation.not-yet': '这件诉求还没有办结，办结后再请您评价。',
    'evaluation.contradicts': '没有解决时不能选满意，请重新选。',
    'file.empty': '这个文件是空的，请换一个。',
    'file.missing': '没有收到文件，请重新选择；一次一个。',
    'file.too-large': '文件超过 {limit} MB，请换小一点的。',
    'file.unknown-kind': '只收照片（JPEG、PNG、WebP）和 PDF。',
    'file.damaged': '文件不完整或已损坏，请重新拍一张。',
    'file.too-many-pixels': '照片尺寸太大（{width}×{height}），请换小一点的。',
    'file.has-script': '这个 PDF 里带有程序，不能收。请打印或截图后再传。',
    'file.too-many': '最多 {limit} 个文件，已经满了。',
    'file.not-yours': '只有添加的人可以删去这个文件。',
    'file.personal': '这是客户的文件，您没有在办的环节需要看它。',
  },
  {
    'evaluation.already': 'Your answer had been received already; the first one counts.',
    'evaluation.not-yet': 'This request is not done yet; you will be asked when it is.',
    'evaluation.contradicts': 'Not solved and satisfied do not go together; choose again.',
    'file.empty': 'This file is empty; choose another.',
    'file.missing': 'No file arrived; choose it again, one at a time.',
    'file.too-large': 'The file is larger than {limit} MB; choose a smaller one.',
    'file.unknown-kind': 'Only pictures (JPEG, PNG, WebP) and PDF are taken.',
    'file.damaged': 'The file is incomplete or damaged; take it again.',
    'file.too-many-pixels': 'The picture is too large ({width}×{height}); choose a smaller one.',
    'file.has-script': 'This PDF carries a program and is not taken. Print it or take a picture of it.',
    'file.too-many': 'At most {limit} files; the case is full.',
    'file.not-yours': 'Only whoever added this file can take it out.',
    'file.personal': 'This is a file of the customer, and no step that you work on needs it.',
  },
);
