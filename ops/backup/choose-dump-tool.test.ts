import { expect } from 'chai';
import { chooseDumpTool } from './choose-dump-tool.ts';

const mariadbs = { path: '/usr/bin/mariadb-dump', isMysqls: false };
const mysqls = { path: '/opt/mysql/bin/mysqldump', isMysqls: true };

describe('chooseDumpTool', () => {
  it('takes MySQL’s own for MySQL, wherever it is on the path', () => {
    expect(chooseDumpTool([mariadbs, mysqls], '9.7.4')).to.equal(mysqls);
  });

  it('takes the first for MariaDB', () => {
    expect(chooseDumpTool([mariadbs, mysqls], '10.11.19-MariaDB-0+deb12u1')).to.equal(mariadbs);
    expect(chooseDumpTool([mysqls], '10.11.19-MariaDB-0+deb12u1')).to.equal(mysqls);
  });

  it('makes no back-up of MySQL that MySQL would not load', () => {
    expect(() => chooseDumpTool([mariadbs], '9.7.4')).to.throw(/MySQL 9\.7\.4.*MariaDB's.*install MySQL's mysqldump/);
  });

  it('says what to install where there is none', () => {
    expect(() => chooseDumpTool([], '9.7.4')).to.throw(/Neither mariadb-dump nor mysqldump/);
  });
});
