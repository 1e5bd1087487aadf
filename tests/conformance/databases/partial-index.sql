create table ix (id int primary key, b int); create index w1 on ix (b) where b > 1;
