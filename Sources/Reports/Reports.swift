import Homework
