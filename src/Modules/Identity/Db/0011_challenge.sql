-- What devices are asked to sign lies in kernel.challenge, for officials too.
drop table identity.challenge;
