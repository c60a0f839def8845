import { expect } from 'chai';
import { chooseDumpTool } from './choose-dump-tool.ts';

const mariadbs = { path: '/usr/bin/mariadb-dump', isMysqls: false };
const mysqls = { path: '/opt/mysql/bin/mysqldump', isMysqls: true };

describe('chooseDumpTool', () => {
  it('chooses MySQL’s tool for MySQL, wherever it is on the path', () => {
    expect(chooseDumpTool([mariadbs, mysqls], '9.7.4')).to.equal(mysqls);
  });

  it('chooses the first tool for MariaDB', () => {
    expect(chooseDumpTool([mariadbs, mysqls], '10.11.19-MariaDB-0+deb12u1')).to.equal(mariadbs);
    expect(chooseDumpTool([mysqls], '10.11.19-MariaDB-0+deb12u1')).to.equal(mysqls);
  });

  it('rejects a tool whose dumps MySQL cannot load', () => {
    expect(() => chooseDumpTool([mariadbs], '9.7.4')).to.throw(/MySQL 9\.7\.4.*MariaDB's.*install MySQL's mysqldump/);
  });

  it('names the package to install if there is no tool', () => {
    expect(() => chooseDumpTool([], '9.7.4')).to.throw(/Neither mariadb-dump nor mysqldump/);
  });
});
