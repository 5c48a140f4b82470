import { defineMessages } from '../lib/i18n.ts';

export const frameMessages = defineMessages(
  {
    'notFound.title': '没有这个页面',
    'notFound.body': '地址可能写错了，或这一页已经搬走。可以按 Ctrl K 查找。',
    'notFound.home': '回到我的首页',
    'screen.title': '这个地址没有对应的大屏',
    'screen.body': '请检查地址中的营业厅编号，或在系统管理员处复制大屏地址。',
    'link.title': '这个链接打不开',
    'link.body': '链接可能不完整或已过期。请重新点短信里的链接，或拨打供电服务热线 95598。',
  },
  {
    'notFound.title': 'There is no such page',
    'notFound.body': 'The address may be mistyped, or the page has moved. Ctrl K finds things.',
    'notFound.home': 'Back to my first page',
    'screen.title': 'No screen has this address',
    'screen.body': 'Check the number of the hall in the address, or copy the address from the administrator.',
    'link.title': 'This link does not open',
    'link.body':
      'It may be incomplete or out of date. Tap the link in the text message again, or call the service line 95598.',
  },
);
