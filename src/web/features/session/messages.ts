import { defineMessages } from '../../lib/i18n.ts';

export const messages = defineMessages(
  {
    'signIn.title': '登录',
    'signIn.motto': '始于客户诉求，终于客户满意',
    'signIn.demoTitle': '用演示角色进入',
    'signIn.demoHint': '演示公司：人物与客户均为虚构。点一张卡片就登录。',
    'signIn.or': '或用账号登录',
    'signIn.login': '账号',
    'signIn.password': '密码',
    'signIn.enter': '登录',
    'signIn.need': '请填账号和密码',
    'signIn.forgot': '忘了密码？请系统管理员重置，会得到一次性口令。',
    'password.title': '改密码',
    'password.must': '这是第一次登录或密码已到期，请先设新密码。',
    'password.rule': '至少 10 位，大写、小写、数字、符号中有三种；不能与最近 5 次相同。',
    'password.old': '现在的密码',
    'password.new': '新密码',
    'password.again': '再输一遍新密码',
    'password.save': '改密码',
    'password.differ': '两次输入的新密码不一样',
    'password.saved': '密码已改，下次用新密码登录。',
    'home.none': '还没有给您的岗位安排工作页面',
    'home.noneBody': '您已登录为{post}。请系统管理员检查岗位与角色，或按 Ctrl K 查找页面。',
  },
  {
    'signIn.title': 'Sign in',
    'signIn.motto': 'Begins with the demand, ends with satisfaction',
    'signIn.demoTitle': 'Enter as a demonstration role',
    'signIn.demoHint':
      'A demonstration company: every person and customer is invented. One click signs you in.',
    'signIn.or': 'Or sign in with an account',
    'signIn.login': 'Account',
    'signIn.password': 'Password',
    'signIn.enter': 'Sign in',
    'signIn.need': 'Fill in account and password',
    'signIn.forgot': 'Forgot it? A system administrator resets it and gives you a one-time code.',
    'password.title': 'Change password',
    'password.must': 'This is your first sign-in, or the password has expired. Set a new one first.',
    'password.rule':
      'At least 10 characters of three kinds (upper, lower, digit, symbol); none of the last five.',
    'password.old': 'Present password',
    'password.new': 'New password',
    'password.again': 'New password again',
    'password.save': 'Change password',
    'password.differ': 'The two new passwords differ',
    'password.saved': 'Password changed. Use the new one from now on.',
    'home.none': 'Your post has no work page yet',
    'home.noneBody':
      'You are signed in as {post}. Ask the system administrator to check post and roles, or find a page with Ctrl K.',
  },
);

export const refusals = defineMessages(
  {
    'session.wrong': '账号或密码不对',
    'session.locked-out': '输错次数太多，账号已锁到 {until}，或请系统管理员解锁',
  },
  {
    'session.wrong': 'Wrong account or password',
    'session.locked-out': 'Too many wrong tries: locked until {until}, or ask a system administrator',
  },
);
